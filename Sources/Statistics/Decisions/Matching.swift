/// Whether a subnetwork is as accurate as the dense network: our verdict, and the rules of papers beside it.
///
/// The verdict is one of non-inferiority, read from the (1 − 2α) t-interval of the mean paired difference,
/// sparse minus dense: above −m it is *matching*; below, *not matching*; else *undecided*. Where the true
/// drop is m or more, *matching* comes with a chance of at most α. The published rules know no sampling error.
///
/// References: Frankle, Dziugaite, Roy & Carbin, "Linear Mode Connectivity and the Lottery Ticket Hypothesis",
/// ICML 2020, sections 4 and 4.4.
package struct Matching: Hashable, Sendable {
  /// What the interval shows.
  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// The drop is smaller than the margin.
    case matching
    /// The drop is larger than the margin.
    case notMatching = "not matching"
    /// Neither was shown.
    case undecided
  }

  /// The drop in accuracy points below which section 4.4 calls a subnetwork matching.
  package static let publishedDrop = 0.2

  /// Sparse minus dense, one per replicate, in accuracy points.
  package let differences: [Double]
  /// The mean difference.
  package let mean: Double
  /// What takes at least two replicates.
  package let inference: Inference?
  /// What the interval shows; undecided below two replicates.
  package let verdict: Verdict
  /// Section 4: whether the mean lies at most one standard deviation of the dense replicates below their
  /// mean; `nil` below two replicates.
  package let isWithinOneDeviation: Bool?
  /// Section 4.4: whether the mean drop is below ``publishedDrop``.
  package let isWithinPublishedDrop: Bool

  /// What takes at least two replicates.
  package struct Inference: Hashable, Sendable {
    /// The (1 − 2α) t-interval of the mean.
    package let interval: Interval
    /// The one-sided test that the verdict is equivalent to.
    package let nonInferiority: NonInferiorityTest
    /// The two one-sided tests that the difference lies within the margin on both sides.
    package let equivalence: EquivalenceTest
  }

  /// Compares at least one replicate.
  ///
  /// - Parameters:
  ///   - sparse: one accuracy per replicate, in percent.
  ///   - dense: the same replicates' dense networks.
  ///   - rule: margin and α fixed before the run.
  /// - Throws: `StatisticsError`.
  package init(sparse: [Double], dense: [Double], rule: DecisionRule) throws {
    differences = try pairedDifferences(treated: sparse, control: dense)
    guard differences.count >= 2 else {
      mean = differences[0]
      (inference, verdict, isWithinOneDeviation) = (nil, .undecided, nil)
      isWithinPublishedDrop = mean > -Self.publishedDrop
      return
    }
    let summary = try SampleSummary(differences)
    mean = summary.mean
    let interval = try summary.meanInterval(level: rule.intervalLevel)
    inference = Inference(
      interval: interval,
      nonInferiority: try NonInferiorityTest(differences: differences, margin: rule.margin),
      equivalence: try EquivalenceTest(differences: differences, margin: rule.margin))
    verdict =
      interval.lower > -rule.margin
      ? .matching : interval.upper < -rule.margin ? .notMatching : .undecided
    isWithinOneDeviation = mean >= -(try SampleSummary(dense).standardDeviation)
    isWithinPublishedDrop = mean > -Self.publishedDrop
  }
}
