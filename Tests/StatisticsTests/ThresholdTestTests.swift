import Randomness
import Statistics
import Testing

@Suite struct ThresholdTestTests {
  /// Five values of mean 0.2 and standard deviation 0.158114; against 0.4 t = 2.828427 with 4 degrees of freedom,
  /// for which `scipy.stats.ttest_1samp` gives 0.0237103.
  @Test func agreesWithSciPy() throws {
    let test = try ThresholdTest(SampleSummary([0, 0.1, 0.2, 0.3, 0.4]), threshold: 0.4)
    #expect(agree(test.belowPValue, 0.0237103278, tolerance: 1e-6))
    #expect(agree(test.abovePValue, 1 - 0.0237103278, tolerance: 1e-6))
  }

  @Test func isSignificantExactlyWhereTheIntervalLiesOnOneSide() throws {
    var stream = RandomStream(StreamPath(seed: 21) / "duality")
    var (below, above) = (0, 0)
    for _ in 0..<2000 {
      let mean = stream.uniform(in: -1..<1)
      let sample = try SampleSummary(
        (0..<(2 + stream.integer(below: 11))).map { _ in
          stream.normal(mean: mean, standardDeviation: 0.5)
        })
      let interval = try sample.meanInterval(level: 0.9)
      let test = try ThresholdTest(sample, threshold: 0.1)
      #expect((test.belowPValue < 0.05) == (interval.upper < 0.1))
      #expect((test.abovePValue < 0.05) == (interval.lower > 0.1))
      below += test.belowPValue < 0.05 ? 1 : 0
      above += test.abovePValue < 0.05 ? 1 : 0
    }
    #expect(below > 300 && above > 300)
  }

  @Test func equalValuesLieBelowAboveOrAtTheThreshold() throws {
    let summary = try SampleSummary([2, 2])
    let (under, at, over) = (
      try ThresholdTest(summary, threshold: 3), try ThresholdTest(summary, threshold: 2),
      try ThresholdTest(summary, threshold: 1)
    )
    #expect([under, at, over].map(\.belowPValue) == [0, 1, 1])
    #expect([under, at, over].map(\.abovePValue) == [1, 1, 0])
  }
}
