import Randomness
import Statistics
import Testing

@Suite struct BeyondMarginTestTests {
  @Test func isSignificantExactlyWhereTheIntervalLiesBeyondTheMargin() throws {
    var stream = RandomStream(StreamPath(seed: 33) / "duality")
    var beyond = 0
    for _ in 0..<1000 {
      let mean = stream.uniform(in: -2..<2)
      let sample = (0..<(2 + stream.integer(below: 11))).map { _ in
        stream.normal(mean: mean, standardDeviation: 0.5)
      }
      let alpha = stream.uniform(in: 0.001..<0.499)
      let summary = try SampleSummary(sample)
      let interval = try summary.meanInterval(level: 1 - alpha)
      let test = try BeyondMarginTest(summary, margin: 0.5)
      #expect((test.pValue < alpha) == (interval.lower > 0.5 || interval.upper < -0.5))
      #expect(test.pValue >= (try TTest(summary).pValue))
      #expect(test.degreesOfFreedom == sample.count - 1)
      beyond += test.pValue < alpha ? 1 : 0
    }
    #expect(beyond > 100 && beyond < 900)
  }

  @Test func withoutAMarginItIsTheTTest() throws {
    for row in try Reference.load().paired {
      let summary = try SampleSummary(row.differences)
      let test = try BeyondMarginTest(summary, margin: 1e-12)
      #expect(agree(test.pValue, row.tPValue, tolerance: 1e-8))
    }
  }

  @Test func equalDifferencesAreBeyondOrNot() throws {
    func pValue(_ sample: [Double]) throws -> Double {
      try BeyondMarginTest(SampleSummary(sample), margin: 0.5).pValue
    }
    #expect(try pValue([-0.6, -0.6]) == 0)
    #expect(try pValue([0.5, 0.5]) == 1)
    #expect(try pValue([0.1, 0.1]) == 1)
    #expect(throws: StatisticsError.self) {
      try BeyondMarginTest(SampleSummary([1, 2]), margin: 0)
    }
  }

  /// At the margin, whether the noise is far smaller or far larger than it.
  @Test(arguments: [0.05, 0.5, 20])
  func differencesOfTheMarginAreCalledLargerWithAChanceOfAtMostAlpha(deviation: Double) throws {
    var stream = RandomStream(StreamPath(seed: 33) / "error rate" / "\(deviation)")
    let trials = 4000
    let claims = try (0..<trials).count { _ in
      let sample = (0..<5).map { _ in stream.normal(mean: 0.5, standardDeviation: deviation) }
      return try BeyondMarginTest(SampleSummary(sample), margin: 0.5).pValue < 0.1
    }
    #expect(Simulation.isPlausible(claims, of: trials, atMost: 0.1))
    #expect(claims > trials / 40)
  }
}
