/// Integrals of smooth functions by GSL.
package enum Quadrature {
  /// `∫ f(x) dx` from `lower` to `upper`, to a relative error of 10⁻⁹: adaptive 21-point Gauss–Kronrod
  /// (`gsl_integration_qag`; Piessens et al., QUADPACK, 1983).
  ///
  /// - Throws: `StatisticsError.gsl` where it does not converge, as at a pole.
  package static func integral(
    from lower: Double, to upper: Double, of integrand: (Double) -> Double
  ) throws -> Double {
    try GSL.integral(from: lower, to: upper, of: integrand)
  }
}
