import Randomness
import Statistics
import Testing

@Suite struct DeviationFloorTests {
  @Test func raisesWhatIsSmaller() throws {
    let equal = try SampleSummary([0.3, 0.3, 0.3]).withDeviation(atLeast: 0.01)
    #expect(equal.standardDeviation == 0.01 && equal.mean == 0.3 && equal.count == 3)
    let wide = try SampleSummary([0.1, 0.3, 0.5])
    #expect(wide.withDeviation(atLeast: 0.01) == wide)
    #expect(wide.withDeviation(atLeast: 0) == wide)
    #expect(SampleSummary.oneExample(of: 10_000) == 0.01)
  }

  /// One difference that is a step away never makes the mean more certain than none.
  @Test func moreSpreadIsNeverMoreCertain() throws {
    let step = SampleSummary.oneExample(of: 400)
    let equal = try SampleSummary([step, step, step, step, step])
    let uneven = try SampleSummary([2 * step, step, step, step, step])
    #expect(uneven.standardDeviation < step)
    let pValues = try [equal, uneven].map {
      try EquivalenceTest($0.withDeviation(atLeast: step), margin: 2).pValue
    }
    #expect(pValues[0] <= pValues[1] && pValues[0] > 0)
  }

  /// What the documentation says of normal differences that spread by one step, rounded to steps.
  @Test(arguments: [(5, 0.01), (8, 0.0005)])
  func equalDifferencesAreUnlikelyAtTheFloor(count: Int, bound: Double) {
    var stream = RandomStream(StreamPath(seed: 25) / "floor" / "\(count)")
    let trials = 20_000
    for mean in [0, 0.25, 0.5] {
      let equal = (0..<trials).count { _ in
        let first = stream.normal(mean: mean).rounded()
        return (1..<count).allSatisfy { _ in stream.normal(mean: mean).rounded() == first }
      }
      let deviation = (Double(trials) * bound).squareRoot()
      #expect(Double(equal) <= Double(trials) * bound + 4 * deviation)
      #expect(count > 5 || equal > 0)
    }
  }
}
