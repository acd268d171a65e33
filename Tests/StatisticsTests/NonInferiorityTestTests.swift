import Randomness
import Statistics
import Testing

@Suite struct NonInferiorityTestTests {
  @Test func isTheOneSidedHalfOfTheEquivalenceTest() throws {
    // Where the mean is negative, the margin below is the nearer one, and both tests are one.
    let sample = [-0.3, -0.1, -0.15, 0.05]
    let test = try NonInferiorityTest(differences: sample, margin: 0.4)
    #expect(test.pValue == (try EquivalenceTest(differences: sample, margin: 0.4).pValue))
    #expect(test.degreesOfFreedom == 3 && test.margin == 0.4)
    // Far above the margin equivalence fails and non-inferiority does not.
    let better = sample.map { $0 + 2 }
    #expect(try NonInferiorityTest(differences: better, margin: 0.4).pValue < 0.001)
    #expect(try EquivalenceTest(differences: better, margin: 0.4).pValue > 0.99)
  }

  @Test func isSignificantExactlyWhereTheIntervalLiesAboveTheMargin() throws {
    var stream = RandomStream(StreamPath(seed: 15) / "duality")
    var above = 0
    for _ in 0..<2000 {
      let mean = stream.uniform(in: -1..<1)
      let sample = (0..<(2 + stream.integer(below: 11))).map { _ in
        stream.normal(mean: mean, standardDeviation: 0.5)
      }
      let interval = try SampleSummary(sample).meanInterval(level: 0.9)
      let test = try NonInferiorityTest(differences: sample, margin: 0.3)
      #expect((test.pValue < 0.05) == (interval.lower > -0.3))
      above += test.pValue < 0.05 ? 1 : 0
    }
    #expect(above > 400 && above < 1600)
  }

  @Test func equalDifferencesAreAboveOrNot() throws {
    #expect(try NonInferiorityTest(differences: [5, 5], margin: 0.5).pValue == 0)
    #expect(try NonInferiorityTest(differences: [-0.5, -0.5], margin: 0.5).pValue == 1)
  }

  @Test(arguments: [0, -1, .infinity, .nan])
  func refusesOtherMargins(margin: Double) {
    #expect(throws: StatisticsError.self) {
      try NonInferiorityTest(differences: [1, 2], margin: margin)
    }
  }

  @Test func claimsNonInferiorityAtTheMarginAtItsRate() throws {
    var stream = RandomStream(StreamPath(seed: 15) / "error rate")
    let claims = try (0..<4000).count { _ in
      let sample = (0..<5).map { _ in stream.normal(mean: -0.5, standardDeviation: 0.1) }
      return try NonInferiorityTest(differences: sample, margin: 0.5).pValue < 0.05
    }
    #expect(isPlausible(claims, of: 4000, probability: 0.05))
  }
}
