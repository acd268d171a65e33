/// Student's two-sided t-test that the mean of paired differences is zero.
///
/// t = d̄ / (s / √n) on n − 1 degrees of freedom.
///
/// Reference: Student, "The probable error of a mean", Biometrika 6(1), 1908.
package struct TTest: Hashable, Sendable {
  /// The statistic t; `nil` where all differences are equal, as no t exists then.
  package let statistic: Double?

  /// The degrees of freedom, n − 1.
  package let degreesOfFreedom: Int

  /// The two-sided p-value.
  ///
  /// Where all differences are equal it is the limit for a vanishing spread: 1 at zero, else 0.
  package let pValue: Double

  /// Tests at least two paired differences.
  ///
  /// - Throws: `StatisticsError.tooFewValues` or `.valueNotFinite`.
  package init(differences: [Double]) throws {
    try self.init(SampleSummary(differences))
  }

  /// Tests the mean that a summary of paired differences tells.
  ///
  /// - Throws: `StatisticsError.gsl`.
  package init(_ summary: SampleSummary) throws {
    degreesOfFreedom = summary.degreesOfFreedom
    guard summary.standardDeviation > 0 else {
      statistic = nil
      pValue = summary.mean == 0 ? 1 : 0
      return
    }
    let t = summary.mean / summary.standardError
    statistic = t
    pValue = 2 * (try StudentT.upperTail(abs(t), degreesOfFreedom: degreesOfFreedom))
  }
}
