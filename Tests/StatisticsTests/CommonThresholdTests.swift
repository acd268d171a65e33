import Statistics
import Testing

@Suite struct CommonThresholdTests {
  @Test("thresholds and expected counts of VGG-19's layers agree with SciPy")
  func reference() throws {
    let rows = try FitReference.load().thresholds
    #expect(rows.count == 6)
    for row in rows {
      let threshold = try CommonThreshold(
        groups: zip(row.sizes, row.sigmas).map { ($0, .normal(standardDeviation: $1)) },
        kept: row.kept)
      #expect(agree(threshold.threshold, row.threshold), "\(row.kept)")
      for (ours, theirs) in zip(threshold.expected, row.expected) {
        // A count below 1e-3 is compared as such: its tail is a ratio of tiny probabilities.
        #expect(agree(ours, theirs, tolerance: 1e-7), "\(row.kept)")
      }
    }
  }

  @Test("uniform magnitudes: kept = Σ n·(1 − t/b)")
  func uniform() throws {
    let threshold = try CommonThreshold(
      groups: [(100, .uniform(bound: 1)), (300, .uniform(bound: 2))], kept: 100)
    // Up to b = 1 both contribute, 100·(1 − t) + 300·(1 − t/2) = 150 at t = 1; beyond it the second alone.
    #expect(agree(threshold.threshold, 4.0 / 3))
    #expect(agree(threshold.expected[1], 100) && threshold.expected[0] == 0)
  }

  @Test("z-scores are in binomial standard deviations and see a wrong count")
  func zScores() throws {
    let threshold = try CommonThreshold(groups: [(1000, .uniform(bound: 1))], kept: 500)
    #expect(abs(threshold.zScores(of: [500])[0]) < 1e-9)
    #expect(agree(threshold.zScores(of: [531])[0], 31 / 250.0.squareRoot(), tolerance: 1e-6))
    let all = try CommonThreshold(groups: [(10, .normal(standardDeviation: 1))], kept: 10)
    #expect(all.threshold == 0 && all.zScores(of: [10]) == [0])
    #expect(all.zScores(of: [9]) == [.infinity])
  }

  @Test func refusesImpossibleCounts() {
    for kept in [0, 11] {
      #expect(throws: StatisticsError.self) {
        try CommonThreshold(groups: [(10, .uniform(bound: 1))], kept: kept)
      }
    }
  }
}
