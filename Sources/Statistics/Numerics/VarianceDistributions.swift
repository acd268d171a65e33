import CGSL

/// The chi-square distribution, of sums of squares.
enum ChiSquare {
  /// P(X > x).
  static func upperTail(_ x: Double, degreesOfFreedom: Double) throws -> Double {
    try GSL.value("P(χ² > \(x)) at \(degreesOfFreedom) degrees of freedom") {
      gsl_cdf_chisq_Q(x, degreesOfFreedom)
    }
  }

  /// The x with P(X > x) = `upperTail`.
  static func quantile(upperTail: Double, degreesOfFreedom: Double) throws -> Double {
    try GSL.value("the χ² quantile at \(upperTail), \(degreesOfFreedom) degrees of freedom") {
      gsl_cdf_chisq_Qinv(upperTail, degreesOfFreedom)
    }
  }
}

/// Fisher's F distribution, of ratios of mean squares.
enum FRatio {
  /// P(F > f).
  static func upperTail(_ f: Double, _ numerator: Double, _ denominator: Double) throws -> Double {
    try GSL.value("P(F > \(f)) at \(numerator) and \(denominator) degrees of freedom") {
      gsl_cdf_fdist_Q(f, numerator, denominator)
    }
  }

  /// The f with P(F > f) = `upperTail`.
  static func quantile(upperTail: Double, _ numerator: Double, _ denominator: Double) throws
    -> Double
  {
    try GSL.value(
      "the F quantile at \(upperTail), \(numerator) and \(denominator) degrees of freedom"
    ) {
      gsl_cdf_fdist_Qinv(upperTail, numerator, denominator)
    }
  }
}
