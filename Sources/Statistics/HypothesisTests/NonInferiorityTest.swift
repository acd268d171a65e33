/// One one-sided t-test that the mean of paired differences lies above −margin.
///
/// p = P(T > (d̄ + m) / (s / √n)) on n − 1 degrees of freedom, so p < α exactly where the lower end of the
/// (1 − 2α) t-interval lies above −m. Half of ``EquivalenceTest``: however much better is fine.
///
/// Reference: Wellek, "Testing Statistical Hypotheses of Equivalence and Noninferiority", 2nd edition, 2010,
/// section 2.3.
package struct NonInferiorityTest: Hashable, Sendable {
  /// The margin m, in the differences' unit.
  package let margin: Double

  /// The degrees of freedom, n − 1.
  package let degreesOfFreedom: Int

  /// The p-value against "the mean lies at −margin or below".
  ///
  /// Where all differences are equal it is 0 above −margin, else 1.
  package let pValue: Double

  /// Tests at least two paired differences, treated minus control, against a positive margin.
  ///
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite` or `.parameterOutside`.
  package init(differences: [Double], margin: Double) throws {
    try self.init(SampleSummary(differences), margin: margin)
  }

  /// Tests the mean that a summary of paired differences tells, against a positive margin.
  ///
  /// - Throws: `StatisticsError.parameterOutside`.
  package init(_ summary: SampleSummary, margin: Double) throws {
    try requireMargin(margin)
    self.margin = margin
    degreesOfFreedom = summary.degreesOfFreedom
    pValue = try oneSidedPValue(room: margin + summary.mean, of: summary)
  }
}
