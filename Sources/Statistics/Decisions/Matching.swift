/// Whether a subnetwork is as accurate as the dense network by the rules of papers, which know no sampling error.
///
/// What reports claim is a test of non-inferiority, ``Sameness/noWorse``; these stand beside it.
///
/// Reference: Frankle, Dziugaite, Roy & Carbin, "Linear Mode Connectivity and the Lottery Ticket Hypothesis",
/// ICML 2020, sections 4 and 4.4.
package struct Matching: Hashable, Sendable {
  /// The drop in accuracy points below which section 4.4 calls a subnetwork matching.
  package static let publishedDrop = 0.2

  /// The mean of sparse minus dense, in accuracy points.
  package let mean: Double
  /// Section 4: whether the mean lies at most one standard deviation of the dense replicates below their
  /// mean; `nil` below two replicates.
  package let isWithinOneDeviation: Bool?
  /// Section 4.4: whether the mean drop is below ``publishedDrop``.
  package let isWithinPublishedDrop: Bool

  /// Compares at least one replicate.
  ///
  /// - Parameters:
  ///   - sparse: one accuracy per replicate, in percent.
  ///   - dense: the same replicates' dense networks.
  /// - Throws: `StatisticsError`.
  package init(sparse: [Double], dense: [Double]) throws {
    mean = Sample.mean(try pairedDifferences(treated: sparse, control: dense))
    isWithinOneDeviation =
      dense.count > 1 ? mean >= -(try SampleSummary(dense).standardDeviation) : nil
    isWithinPublishedDrop = mean > -Self.publishedDrop
  }
}
