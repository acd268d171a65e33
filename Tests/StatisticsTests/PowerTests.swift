import Foundation
import Randomness
import Statistics
import Testing

@Suite struct PowerTests {
  /// `scipy.stats.nct` for the difference, `scipy.integrate.quad` for equivalence.
  @Test(arguments: try Reference.load().power)
  func agreesWithSciPy(row: Reference.Power) throws {
    let ours = try power(
      toShow: row.claim == "equivalence" ? .equivalence : .difference, mean: row.mean,
      standardDeviation: row.standardDeviation, replicates: row.replicates,
      rule: DecisionRule(margin: row.margin, alpha: row.alpha))
    #expect(agree(ours, row.power, tolerance: 1e-8))
  }

  @Test(arguments: [(3, 0.0, 0.2), (8, 0.2, 0.35), (20, -0.3, 0.4)])
  func isHowOftenSimulatedReplicatesShowTheClaim(
    count: Int, mean: Double, standardDeviation: Double
  ) throws {
    let rule = try DecisionRule(margin: 0.5, alpha: 0.05)
    var stream = RandomStream(StreamPath(seed: 18) / "power" / "\(count)")
    let intervals = try (0..<3000).map { _ in
      try SampleSummary(
        (0..<count).map { _ in stream.normal(mean: mean, standardDeviation: standardDeviation) }
      ).meanInterval(level: rule.intervalLevel)
    }
    for claim in Claim.allCases {
      let shown = intervals.count { interval in
        switch claim {
        case .equivalence: interval.isStrictlyWithin(rule.margin)
        case .difference: mean < 0 ? interval.upper < 0 : interval.lower > 0
        }
      }
      let computed = try power(
        toShow: claim, mean: mean, standardDeviation: standardDeviation, replicates: count,
        rule: rule)
      #expect(isPlausible(shown, of: 3000, probability: computed))
    }
  }

  @Test func isTheErrorRateWhereTheClaimIsFalse() throws {
    let rule = try DecisionRule(margin: 0.5, alpha: 0.05)
    let atZero = try power(
      toShow: .difference, mean: 0, standardDeviation: 1, replicates: 7, rule: rule)
    #expect(agree(atZero, 0.05))
    let atMargin = try power(
      toShow: .equivalence, mean: 0.5, standardDeviation: 0.1, replicates: 7, rule: rule)
    #expect(agree(atMargin, 0.05, tolerance: 1e-6))
  }

  @Test func isAProbabilityForAllSpreadsAndSizes() throws {
    var stream = RandomStream(StreamPath(seed: 18) / "power everywhere")
    for _ in 0..<300 {
      let rule = try DecisionRule(margin: 0.5, alpha: stream.uniform(in: 0.0001..<0.4))
      let mean = stream.uniform(in: -0.6..<0.6)
      let spread = exp(stream.uniform(in: -9..<9))
      let replicates = Int(exp(stream.uniform(in: 0.7..<9.2)))
      for claim in Claim.allCases {
        let chance = try power(
          toShow: claim, mean: mean, standardDeviation: spread, replicates: replicates, rule: rule)
        #expect(-1e-9 <= chance && chance <= 1 + 1e-9)
      }
    }
  }

  @Test func refusesSpreadsAndSizesWithoutPower() throws {
    let rule = try DecisionRule(margin: 0.5, alpha: 0.05)
    #expect(throws: StatisticsError.self) {
      try power(toShow: .difference, mean: 1, standardDeviation: 0, replicates: 7, rule: rule)
    }
    #expect(throws: StatisticsError.self) {
      try power(toShow: .difference, mean: 1, standardDeviation: 1, replicates: 1, rule: rule)
    }
  }
}
