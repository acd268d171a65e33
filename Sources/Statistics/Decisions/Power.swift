import Foundation

/// The chance that `replicates` further replicates show one claim about the mean difference.
///
/// The replicates' differences are normal with a given mean δ and standard deviation σ. Given the
/// ratio u of the sample's standard deviation to σ, the mean is independent of it and normal, so
/// the chance is an integral over the χ distribution of u√ν, ν = n − 1; with t = t₁₋α,ν
///
///     equivalence  ∫ max(0, Φ((m − δ)√n / σ − t u) − Φ(−(m + δ)√n / σ + t u)) f(u) du
///     difference   ∫ Φ(|δ|√n / σ − t u) f(u) du
///
/// The second is a noncentral t distribution, which GSL does not have.
///
/// Reference: Phillips, "Power of the two one-sided tests procedure in bioequivalence", Journal of
/// Pharmacokinetics and Biopharmaceutics 18(2), 1990.
///
/// - Parameters:
///   - claim: equivalence: the (1 − 2α) t-interval lies strictly inside the margin; difference:
///     it lies on δ's side of zero.
///   - mean: the true mean difference δ, in the rule's unit.
///   - standardDeviation: the true standard deviation σ of the differences, above 0.
///   - replicates: the number of replicates n, at least 2.
///   - rule: margin and α.
/// - Returns: the chance, between 0 and 1 up to the integral's error.
/// - Throws: `StatisticsError.parameterOutside`, `.tooFewValues` or `.gsl`.
package func power(
  toShow claim: Claim, mean: Double, standardDeviation: Double, replicates: Int, rule: DecisionRule
) throws -> Double {
  guard 0 < standardDeviation && standardDeviation < .infinity else {
    throw StatisticsError.parameterOutside(
      name: "the standard deviation", value: standardDeviation, allowed: "finite and above 0")
  }
  guard replicates >= 2 else {
    throw StatisticsError.tooFewValues(statistic: "power", needed: 2, given: replicates)
  }
  let scale = Double(replicates).squareRoot() / standardDeviation
  let t = try StudentT.quantile(upperTail: rule.alpha, degreesOfFreedom: replicates - 1)
  // u concentrates about 1: beyond 9/√ν lies a chance below 10⁻¹⁶.
  let freedom = Double(replicates - 1)
  let lower = max(0, 1 - 9 / freedom.squareRoot())
  var upper = 1 + 9 / freedom.squareRoot()
  let logConstant = log(2) + freedom / 2 * log(freedom / 2) - (try logGamma(freedom / 2))
  func density(_ u: Double) -> Double {
    let logPower = freedom == 1 ? 0 : (freedom - 1) * log(u)
    return exp(logConstant + logPower - freedom * u * u / 2)
  }
  switch claim {
  case .difference:
    return try GSL.integral(from: lower, to: upper) { u in
      StandardNormal.lowerTail(abs(mean) * scale - t * u) * density(u)
    }
  case .equivalence:
    // A wider interval than the margins are apart fits nowhere.
    upper = min(upper, rule.margin * scale / t)
    guard lower < upper else { return 0 }
    return try GSL.integral(from: lower, to: upper) { u in
      let inside =
        StandardNormal.lowerTail((rule.margin - mean) * scale - t * u)
        - StandardNormal.lowerTail(t * u - (rule.margin + mean) * scale)
      return inside * density(u)
    }
  }
}

/// What a comparison may be said to show of its mean difference.
package enum Claim: Hashable, Sendable, CaseIterable {
  /// The mean difference lies within the margin.
  case equivalence

  /// The mean difference is not zero.
  case difference
}
