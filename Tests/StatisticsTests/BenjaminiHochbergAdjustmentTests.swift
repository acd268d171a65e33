import Randomness
import Statistics
import Testing

@Suite struct BenjaminiHochbergAdjustmentTests {
  @Test(arguments: try NonparametricReference.load().discovery)
  func agreesWithSciPy(row: NonparametricReference.Discovery) throws {
    let ours = try benjaminiHochbergAdjusted(row.values)
    #expect(ours.count == row.adjusted.count)
    for (ours, theirs) in zip(ours, row.adjusted) { #expect(agree(ours, theirs)) }
  }

  @Test func agreesWithTheHand() throws {
    // Sorted 0.125, 0.25, 0.5, 0.5 times 4/1, 4/2, 4/3, 4/4; from the last the values may not rise.
    #expect(try benjaminiHochbergAdjusted([0.5, 0.25, 0.5, 0.125]) == [0.5, 0.5, 0.5, 0.5])
    #expect(try benjaminiHochbergAdjusted([]) == [])
    #expect(try benjaminiHochbergAdjusted([1, 0]) == [1, 0])
  }

  @Test func refusesWhatIsNoPValue() {
    #expect(throws: StatisticsError.self) { try benjaminiHochbergAdjusted([0.1, 1.5]) }
    #expect(throws: StatisticsError.self) { try benjaminiHochbergAdjusted([.nan]) }
  }

  @Test func liesBetweenTheValuesAndHolms() throws {
    var stream = RandomStream(StreamPath(seed: 51) / "Benjamini–Hochberg")
    for _ in 0..<200 {
      let values = (0..<6).map { _ in stream.uniform() }
      let holm = try holmAdjusted(values)
      for (index, adjusted) in try benjaminiHochbergAdjusted(values).enumerated() {
        #expect(values[index] <= adjusted && adjusted <= holm[index])
      }
    }
  }
}
