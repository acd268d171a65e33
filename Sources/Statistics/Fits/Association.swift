import CGSL

/// How two lists of paired values go together.
package struct Association: Hashable, Sendable {
  /// Pearson's correlation, by `gsl_stats_correlation`; `nil` where one list is constant.
  package let correlation: Double?
  /// The slope of `y ≈ slope·x`, least squares without intercept, by `gsl_fit_mul`; `nil` where all x
  /// are zero.
  package let slopeThroughOrigin: Double?
  /// Median of `|y − x| / ((|x| + |y|)/2)` over pairs that are not both zero.
  package let medianRelativeDifference: Double?
  /// Pairs.
  package let count: Int

  /// The association of `x` and `y`.
  package init(x: [Double], y: [Double]) throws {
    try requireSample(x, atLeast: 2, for: "an association")
    try requireSample(y, atLeast: 2, for: "an association")
    guard x.count == y.count else {
      throw StatisticsError.armsDiffer(treated: x.count, control: y.count)
    }
    count = x.count
    let varies = Set(x).count > 1 && Set(y).count > 1
    correlation = varies ? gsl_stats_correlation(x, 1, y, 1, x.count) : nil
    var (slope, variance, residual) = (0.0, 0.0, 0.0)
    try GSL.run("a slope through the origin") {
      gsl_fit_mul(x, 1, y, 1, x.count, &slope, &variance, &residual)
    }
    slopeThroughOrigin = slope.isFinite ? slope : nil
    let differences = zip(x, y).filter { $0 != 0 || $1 != 0 }
      .map { abs($1 - $0) / ((abs($0) + abs($1)) / 2) }.sorted()
    medianRelativeDifference =
      differences.isEmpty
      ? nil : gsl_stats_median_from_sorted_data(differences, 1, differences.count)
  }

  /// Standard deviation over mean, both of the values as they are (divisor n); `nil` for a mean of zero.
  package static func coefficientOfVariation(_ values: [Double]) throws -> Double? {
    try requireSample(values, atLeast: 1, for: "a coefficient of variation")
    let mean = gsl_stats_mean(values, 1, values.count)
    guard mean != 0 else { return nil }
    return gsl_stats_variance_with_fixed_mean(values, 1, values.count, mean).squareRoot()
      / abs(mean)
  }
}
