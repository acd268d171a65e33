import Randomness
import Statistics
import Testing

@Suite struct EquivalenceTestTests {
  @Test(arguments: try Reference.load().paired)
  func agreesWithSciPysOneSidedTests(row: Reference.Paired) throws {
    let test = try EquivalenceTest(differences: row.differences, margin: row.margin)
    #expect(agree(test.pValue, row.equivalencePValue))
    #expect(test.degreesOfFreedom == row.treated.count - 1)
  }

  @Test func isSignificantExactlyWhereTheIntervalLiesInsideTheMargin() throws {
    var stream = RandomStream(StreamPath(seed: 14) / "duality")
    var inside = 0
    for _ in 0..<2000 {
      let mean = stream.uniform(in: -1..<1)
      let sample = (0..<(2 + stream.integer(below: 11))).map { _ in
        stream.normal(mean: mean, standardDeviation: 0.5)
      }
      let alpha = stream.uniform(in: 0.001..<0.499)
      let interval = try SampleSummary(sample).meanInterval(level: 1 - 2 * alpha)
      let test = try EquivalenceTest(differences: sample, margin: 0.8)
      #expect((test.pValue < alpha) == (-0.8 < interval.lower && interval.upper < 0.8))
      inside += test.pValue < alpha ? 1 : 0
    }
    // Both answers came up, so the property was tried on both sides.
    #expect(inside > 400 && inside < 1600)
  }

  @Test func equalDifferencesAreInsideOrNot() throws {
    #expect(try EquivalenceTest(differences: [0.1, 0.1], margin: 0.5).pValue == 0)
    #expect(try EquivalenceTest(differences: [0.5, 0.5], margin: 0.5).pValue == 1)
    #expect(try EquivalenceTest(differences: [-0.6, -0.6], margin: 0.5).pValue == 1)
  }

  @Test(arguments: [0, -1, .infinity, .nan])
  func refusesOtherMargins(margin: Double) {
    #expect(throws: StatisticsError.self) {
      try EquivalenceTest(differences: [1, 2], margin: margin)
    }
  }

  @Test func claimsEquivalenceAtTheMarginAtItsRate() throws {
    var stream = RandomStream(StreamPath(seed: 14) / "error rate")
    let claims = try (0..<4000).count { _ in
      let sample = (0..<5).map { _ in stream.normal(mean: 0.5, standardDeviation: 0.1) }
      return try EquivalenceTest(differences: sample, margin: 0.5).pValue < 0.05
    }
    #expect(isPlausible(claims, of: 4000, probability: 0.05))
  }
}
