import Randomness
import Statistics
import Testing

@Suite struct CrossedSumsTests {
  @Test func countsByHand() throws {
    var sums = CrossedSums(exampleCount: 3)
    try sums.add(treated: Answers([true, false, true]), control: Answers([false, false, true]))
    try sums.add(treated: Answers([false, false, true]), control: Answers([true, true, false]))
    #expect(sums.replicates == [1, -1])
    #expect(sums.examples == [0, -1, 1])
    #expect(sums.squares == 4)
  }

  @Test func areThoseOfThePlainDifferences() throws {
    var stream = RandomStream(StreamPath(seed: 26) / "sums")
    let (replicates, examples) = (7, 150)
    var sums = CrossedSums(exampleCount: examples)
    var rows: [[Int]] = []
    for _ in 0..<replicates {
      let treated = (0..<examples).map { _ in stream.uniform() < 0.7 }
      let control = (0..<examples).map { _ in stream.uniform() < 0.6 }
      try sums.add(treated: Answers(treated), control: Answers(control))
      rows.append(zip(treated, control).map { ($0 ? 1 : 0) - ($1 ? 1 : 0) })
    }
    #expect(sums.replicates == rows.map { $0.reduce(0, +) })
    #expect(sums.examples == (0..<examples).map { example in rows.reduce(0) { $0 + $1[example] } })
    #expect(sums.squares == rows.joined().reduce(0) { $0 + $1 * $1 })
  }

  @Test func refusesRowsOfOtherExamples() throws {
    var sums = CrossedSums(exampleCount: 2)
    #expect(
      throws: StatisticsError.parameterOutside(
        name: "the number of answers of a run", value: 3, allowed: "2, the number of test examples")
    ) { try sums.add(treated: Answers([true, true]), control: Answers([true, true, false])) }
    #expect(sums == CrossedSums(exampleCount: 2))
  }
}
