import Foundation

/// Hedges' g of paired arms: the mean difference in units of the arms' own spread.
///
///     g = J(n − 1) · (x̄ − ȳ) / √((s²ₓ + s²ᵧ) / 2),   J(ν) = Γ(ν / 2) / (√(ν / 2) Γ((ν − 1) / 2))
///
/// with treated x, control y and n pairs. The root mean of the two variances, not the spread of the
/// differences, so that g does not grow with the correlation of the arms. J takes out the bias of
/// small samples, exactly rather than by its usual approximation 1 − 3 / (4ν − 1).
///
/// Reference: Hedges, "Distribution theory for Glass's estimator of effect size and related
/// estimators", Journal of Educational Statistics 6(2), 1981 (J); Borenstein, Hedges, Higgins and
/// Rothstein, "Introduction to Meta-Analysis", Wiley, 2009, chapter 4 (n − 1 for pairs).
///
/// - Parameters:
///   - treated: one value per replicate.
///   - control: the same replicates' values in the other arm, same unit.
/// - Returns: g, without unit; `nil` where both arms have variance 0, and for two pairs, where J
///   is 0 and nothing can be said.
/// - Throws: `StatisticsError.armsDiffer`, `.tooFewValues` or `.valueNotFinite`.
package func hedgesG(treated: [Double], control: [Double]) throws -> Double? {
  guard treated.count == control.count else {
    throw StatisticsError.armsDiffer(treated: treated.count, control: control.count)
  }
  let first = try SampleSummary(treated)
  let second = try SampleSummary(control)
  let meanVariance =
    (first.standardDeviation * first.standardDeviation
      + second.standardDeviation * second.standardDeviation) / 2
  guard meanVariance > 0, first.degreesOfFreedom > 1 else { return nil }
  return try hedgesCorrection(degreesOfFreedom: first.degreesOfFreedom)
    * (first.mean - second.mean) / meanVariance.squareRoot()
}

/// The factor J(ν) that makes a standardized mean difference unbiased, for ν above 1.
func hedgesCorrection(degreesOfFreedom: Int) throws -> Double {
  let half = Double(degreesOfFreedom) / 2
  return exp(try logGamma(half) - logGamma(half - 0.5)) / half.squareRoot()
}
