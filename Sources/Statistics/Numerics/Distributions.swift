import CGSL

/// Student's t distribution.
enum StudentT {
  /// P(T > t).
  static func upperTail(_ t: Double, degreesOfFreedom: Int) throws -> Double {
    try GSL.value("P(T > \(t)) at \(degreesOfFreedom) degrees of freedom") {
      gsl_cdf_tdist_Q(t, Double(degreesOfFreedom))
    }
  }

  /// The t with P(T > t) = `upperTail`.
  static func quantile(upperTail: Double, degreesOfFreedom: Int) throws -> Double {
    try quantile(upperTail: upperTail, degreesOfFreedom: Double(degreesOfFreedom))
  }

  /// The t with P(T > t) = `upperTail`; degrees of freedom that are approximated are no whole number.
  static func quantile(upperTail: Double, degreesOfFreedom: Double) throws -> Double {
    try GSL.value("the t quantile at \(upperTail), \(degreesOfFreedom) degrees of freedom") {
      gsl_cdf_tdist_Qinv(upperTail, degreesOfFreedom)
    }
  }
}

/// The binomial distribution.
enum Binomial {
  /// P(K ≤ successes).
  static func lowerTail(_ successes: Int, trials: Int, probability: Double) -> Double {
    gsl_cdf_binomial_P(UInt32(successes), probability, UInt32(trials))
  }
}

/// The beta distribution.
enum Beta {
  /// The x with P(X ≤ x) = `lowerTail`, for shapes above 0.
  static func quantile(lowerTail: Double, _ a: Double, _ b: Double) throws -> Double {
    try GSL.value("the beta quantile at \(lowerTail), shapes \(a) and \(b)") {
      gsl_cdf_beta_Pinv(lowerTail, a, b)
    }
  }
}
