import Statistics
import Testing

@Suite struct OverlapTestTests {
  @Test(arguments: try NonparametricReference.load().overlaps)
  func agreesWithExactIntegers(row: NonparametricReference.Overlap) throws {
    let test = try OverlapTest(
      population: row.population, first: row.first, second: row.second, overlap: row.overlap)
    #expect(abs(test.logPValue - row.logPValue) < 1e-10)
  }

  /// Two masks of 15 million weights at 1 %: 1,500 shared ones are expected, equal ones share all.
  @Test func equalMasksHaveAPValueBelowEveryDouble() throws {
    func test(_ overlap: Int) throws -> OverlapTest {
      try OverlapTest(
        population: 15_000_000, first: 150_000, second: 150_000, overlap: overlap)
    }
    #expect(try test(1500).pValue == 1)
    let equal = try test(150_000)
    #expect(equal.pValue == 0 && equal.logPValue < -800_000 && equal.logPValue > -900_000)
    #expect(equal.jaccard == 1)
    #expect(try test(149_999).logPValue > equal.logPValue)
    #expect(try test(0).logPValue < -1500)
    #expect(try test(0).jaccard == 0)
  }

  @Test func emptyAndWholeSubsetsSayNothing() throws {
    let empty = try OverlapTest(population: 9, first: 0, second: 0, overlap: 0)
    #expect(empty.pValue == 1 && empty.jaccard == nil)
    #expect(try OverlapTest(population: 9, first: 9, second: 4, overlap: 4).pValue == 1)
  }

  @Test func refusesOverlapsThatCannotBe() {
    for overlap in [-1, 2, 7] {
      #expect(throws: StatisticsError.self) {
        try OverlapTest(population: 10, first: 7, second: 6, overlap: overlap)
      }
    }
  }
}
