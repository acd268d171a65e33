package import Randomness

/// All that a report says about two arms run on the same replicates.
///
/// Everything is in the unit of the arms (accuracy points) unless said otherwise; differences are
/// treated minus control, so that an ablation that hurts has negative ones.
package struct PairedComparison: Hashable, Sendable {
  /// The margin and α fixed before the run.
  package let rule: DecisionRule

  /// Treated minus control, one per replicate, without rounding noise (`pairedDifferences`).
  package let differences: [Double]

  /// The mean difference.
  package let mean: Double

  /// What the verdict and the tests say; `nil` below two replicates.
  package let inference: Inference?

  /// The verdict under `rule`.
  package let verdict: Verdict

  /// What takes at least two replicates.
  package struct Inference: Hashable, Sendable {
    /// The (1 − 2α) t-interval of the mean, from which the verdict is read.
    package let interval: Interval

    /// The BCa bootstrap interval of the mean at the same level; `nil` below eight replicates.
    package let bootstrapInterval: Interval?

    /// The two one-sided tests against the margin.
    package let equivalenceTest: EquivalenceTest

    /// The paired t-test against zero.
    package let tTest: TTest

    /// Wilcoxon's signed-rank test against zero, with its smallest attainable p-value.
    package let signedRankTest: SignedRankTest

    /// Hedges' g, without unit; `nil` where it does not exist.
    package let hedgesG: Double?
  }

  /// The number of replicates from which on a bootstrap interval is given: 8.
  ///
  /// With fewer there are so few different resamples that its coverage falls far short.
  package static let fewestReplicatesForBootstrap = 8

  /// Compares two arms of at least one replicate.
  ///
  /// - Parameters:
  ///   - treated: one value per replicate.
  ///   - control: the same replicates' values in the other arm.
  ///   - rule: the margin and α fixed before the run.
  ///   - resamples: how many bootstrap resamples to draw, at least 100.
  ///   - stream: where they come from; nothing is drawn below eight replicates.
  /// - Throws: `StatisticsError`.
  package init(
    treated: [Double], control: [Double], rule: DecisionRule, resamples: Int,
    stream: inout RandomStream
  ) throws {
    self.rule = rule
    differences = try pairedDifferences(treated: treated, control: control)
    verdict = try Verdict(differences: differences, rule: rule)
    guard differences.count >= 2 else {
      mean = differences[0]
      inference = nil
      return
    }
    let summary = try SampleSummary(differences)
    mean = summary.mean
    inference = Inference(
      interval: try summary.meanInterval(level: rule.intervalLevel),
      bootstrapInterval: differences.count < Self.fewestReplicatesForBootstrap
        ? nil
        : try bootstrapInterval(
          differences, level: rule.intervalLevel, resamples: resamples, stream: &stream,
          of: { try SampleSummary($0).mean }),
      equivalenceTest: try EquivalenceTest(differences: differences, margin: rule.margin),
      tTest: try TTest(differences: differences),
      signedRankTest: try SignedRankTest(differences: differences),
      hedgesG: try hedgesG(treated: treated, control: control))
  }
}

/// Treated minus control, replicate by replicate, with equal magnitudes made equal.
///
/// Subtraction leaves noise: 97.5 − 97.4 and 96.5 − 96.4 differ in their last bits, which would
/// break ties between ranks, make a zero positive or negative, and give a variance to differences
/// that have none. Magnitudes closer than 256 ulps of the largest value therefore count as equal,
/// and as zero if so near to it. That is far below the step of any accuracy.
///
/// - Throws: `StatisticsError.armsDiffer`, `.tooFewValues` for empty arms, or `.valueNotFinite`.
package func pairedDifferences(treated: [Double], control: [Double]) throws -> [Double] {
  guard treated.count == control.count else {
    throw StatisticsError.armsDiffer(treated: treated.count, control: control.count)
  }
  try requireSample(treated, atLeast: 1, for: "a paired comparison, treated arm")
  try requireSample(control, atLeast: 1, for: "a paired comparison, control arm")
  let noise = (treated + control).reduce(0) { max($0, abs($1)) }.ulp * 256
  var differences = zip(treated, control).map { $0 - $1 }
  var magnitude = 0.0
  for index in differences.indices.sorted(by: { abs(differences[$0]) < abs(differences[$1]) }) {
    let difference = differences[index]
    if abs(difference) - magnitude > noise { magnitude = abs(difference) }
    differences[index] = difference < 0 ? 0 - magnitude : magnitude
  }
  return differences
}
