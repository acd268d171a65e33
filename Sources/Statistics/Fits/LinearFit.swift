import CGSL
import Foundation

/// A straight line `y = intercept + slope·x` by least squares, all points weighted alike.
///
/// Standard errors are those of ordinary regression, from the residual variance at n − 2 degrees of
/// freedom; r² is the share of the variance of y that the line explains. Computed by `gsl_fit_linear`.
package struct LinearFit: Hashable, Sendable {
  /// Change of y per unit of x.
  package let slope: Double
  /// y at x = 0.
  package let intercept: Double
  /// Standard error of the slope; `nil` for two points.
  package let slopeError: Double?
  /// Standard error of the intercept; `nil` for two points.
  package let interceptError: Double?
  /// 1 − Σ residual² / Σ (y − ȳ)²; `nil` where all y are equal.
  package let rSquared: Double?
  /// Number of points.
  package let count: Int

  /// The line through points.
  ///
  /// - Throws: `StatisticsError` for fewer than two points, values that are not finite, lists of
  ///   different lengths, and equal x.
  package init(x: [Double], y: [Double]) throws {
    try requireSample(x, atLeast: 2, for: "a linear fit")
    try requireSample(y, atLeast: 2, for: "a linear fit")
    guard x.count == y.count else {
      throw StatisticsError.armsDiffer(treated: x.count, control: y.count)
    }
    guard let low = x.min(), let high = x.max(), low < high else {
      throw StatisticsError.parameterOutside(
        name: "every x of a linear fit", value: x[0], allowed: "different from another")
    }
    var (c0, c1, cov00, cov01, cov11, residual) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    try GSL.run("a linear fit") {
      gsl_fit_linear(x, 1, y, 1, x.count, &c0, &c1, &cov00, &cov01, &cov11, &residual)
    }
    (slope, intercept, count) = (c1, c0, x.count)
    slopeError = count > 2 ? cov11.squareRoot() : nil
    interceptError = count > 2 ? cov00.squareRoot() : nil
    let total = gsl_stats_tss(y, 1, count)
    rSquared = total > 0 ? 1 - residual / total : nil
  }

  /// The line through the logarithms of positive points: y ≈ e^intercept · x^slope.
  package init(logarithmsOf x: [Double], _ y: [Double]) throws {
    try self.init(x: x.map { log($0) }, y: y.map { log($0) })
  }
}
