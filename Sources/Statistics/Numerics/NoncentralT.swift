import CGSL

/// Student's t of a mean that is not zero: T = (Z + δ) / √(χ²_ν / ν). GSL has no such law.
enum NoncentralT {
  /// P(T ≤ t) = ∫ Φ(t s − δ) f(s) ds, with f the density of s = √(χ²_ν / ν), by adaptive quadrature over all but
  /// 10⁻¹³ of it at either end.
  static func lowerTail(_ t: Double, degreesOfFreedom: Double, noncentrality: Double) throws
    -> Double
  {
    let ends = try [1 - 1e-13, 1e-13].map { tail in
      let square = try ChiSquare.quantile(upperTail: tail, degreesOfFreedom: degreesOfFreedom)
      return (square / degreesOfFreedom).squareRoot()
    }
    return try GSL.integral(from: ends[0], to: ends[1]) { s in
      2 * degreesOfFreedom * s * gsl_ran_chisq_pdf(degreesOfFreedom * s * s, degreesOfFreedom)
        * gsl_cdf_ugaussian_P(t * s - noncentrality)
    }
  }

  /// The noncentrality at which P(T ≤ t) is `lowerTail`.
  static func noncentrality(lowerTail: Double, at t: Double, degreesOfFreedom: Double) throws
    -> Double
  {
    func excess(_ noncentrality: Double) throws -> Double {
      try Self.lowerTail(t, degreesOfFreedom: degreesOfFreedom, noncentrality: noncentrality)
        - lowerTail
    }
    // P falls as δ rises; ends are moved outward until they enclose the root.
    var step = 1 + abs(t) / 2
    var (lower, upper) = (t - step, t + step)
    while try excess(lower) < 0 {
      lower -= step
      step *= 2
    }
    while try excess(upper) > 0 {
      upper += step
      step *= 2
    }
    while upper - lower > 1e-10 * max(1, abs(lower), abs(upper)) {
      let middle = (lower + upper) / 2
      if try excess(middle) > 0 { lower = middle } else { upper = middle }
    }
    return (lower + upper) / 2
  }
}
