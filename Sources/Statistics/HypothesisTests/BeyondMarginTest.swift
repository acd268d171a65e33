/// Two one-sided t-tests that the mean of paired differences lies beyond ±margin: changed by more than m.
///
/// p = min(1, 2 P(T > (|d̄| − m) / (s / √n))), so p < α exactly where the (1 − α) t-interval lies wholly above m or
/// wholly below −m; the sign is that of d̄. Each side is tested at α/2, so it holds for noise of any size about the
/// margin. With a margin near 0 it is the two-sided t-test, and its p is never below that of ``TTest``.
///
/// A difference that is shown is not for that shown to exceed the margin: over a suite this is a kind of claim
/// of its own, with a ``ClaimProcedure`` and an α of its own.
package struct BeyondMarginTest: Hashable, Sendable {
  /// The margin m, in the differences' unit.
  package let margin: Double

  /// The degrees of freedom, n − 1.
  package let degreesOfFreedom: Int

  /// The p-value against "the mean lies at the margin or within".
  ///
  /// Where all differences are equal it is 0 strictly beyond the margin, else 1.
  package let pValue: Double

  /// Tests the mean that a summary of paired differences tells, against a positive margin.
  ///
  /// - Throws: `StatisticsError.parameterOutside`.
  package init(_ summary: SampleSummary, margin: Double) throws {
    try requireMargin(margin)
    self.margin = margin
    degreesOfFreedom = summary.degreesOfFreedom
    pValue = min(1, 2 * (try oneSidedPValue(room: abs(summary.mean) - margin, of: summary)))
  }
}
