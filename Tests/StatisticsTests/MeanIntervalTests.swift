import Randomness
import Statistics
import Testing

@Suite struct MeanIntervalTests {
  @Test func agreesWithSciPy() throws {
    for row in try Reference.load().paired {
      let interval = try SampleSummary(row.differences).meanInterval(level: 1 - 2 * row.alpha)
      #expect(agree(interval.lower, row.lower) && agree(interval.upper, row.upper))
    }
  }

  /// R's `t.test(extra ~ group, data = sleep, paired = TRUE)` prints -2.4598858 -0.7001142.
  @Test func agreesWithRsSleepData() throws {
    let sleep = try #require(try Reference.load().paired.first)
    let interval = try SampleSummary(sleep.differences).meanInterval(level: 0.95)
    #expect(agree(interval.lower, -2.4598858, tolerance: 1e-7))
    #expect(agree(interval.upper, -0.7001142, tolerance: 1e-7))
  }

  @Test func isThePointForEqualValues() throws {
    let interval = try SampleSummary([0.3, 0.3, 0.3]).meanInterval(level: 0.9)
    #expect(interval == Interval(lower: 0.3, upper: 0.3))
  }

  @Test(arguments: [0, 1, -0.5, 1.5, .nan])
  func refusesOtherLevels(level: Double) {
    #expect(throws: StatisticsError.self) { try SampleSummary([1, 2]).meanInterval(level: level) }
  }

  @Test(arguments: [(2, 0.9), (5, 0.9), (5, 0.5)])
  func holdsTheMeanOfNormalSamplesAsOftenAsItSays(count: Int, level: Double) throws {
    var stream = RandomStream(StreamPath(seed: 11) / "coverage of \(count) at \(level)")
    var held = 0
    for _ in 0..<4000 {
      let sample = (0..<count).map { _ in stream.normal(mean: 3, standardDeviation: 2) }
      held += try SampleSummary(sample).meanInterval(level: level).contains(3) ? 1 : 0
    }
    #expect(isPlausible(held, of: 4000, probability: level))
  }
}
