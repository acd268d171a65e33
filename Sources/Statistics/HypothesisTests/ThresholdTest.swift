/// Two one-sided t-tests of a mean against a threshold: that it lies below, and that it lies above.
///
/// p is P(T > (c − x̄) / (s / √n)) for *below* and P(T > (x̄ − c) / (s / √n)) for *above*, on n − 1 degrees of
/// freedom: below α where that end of the (1 − 2α) t-interval lies on the same side of the threshold c. They add up
/// to 1.
///
/// Reference: Student, "The probable error of a mean", Biometrika 6(1), 1908.
package struct ThresholdTest: Hashable, Sendable {
  /// The p-value against "the mean is the threshold or more"; where all values are equal 0 below it, else 1.
  package let belowPValue: Double

  /// The p-value against "the mean is the threshold or less"; where all values are equal 0 above it, else 1.
  package let abovePValue: Double

  /// Tests the mean that a summary tells, in the threshold's unit.
  ///
  /// - Throws: `StatisticsError.gsl`.
  package init(_ summary: SampleSummary, threshold: Double) throws {
    belowPValue = try oneSidedPValue(room: threshold - summary.mean, of: summary)
    abovePValue = try oneSidedPValue(room: summary.mean - threshold, of: summary)
  }
}
