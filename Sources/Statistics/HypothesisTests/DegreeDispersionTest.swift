import CGSL

/// Whether a mask spreads its weights over units more unevenly, or more evenly, than a mask does that is drawn at
/// random with as many.
///
/// Of U units with S weights each a mask keeps K of N = U S. Drawn at random, the numbers x of the units are
/// multivariate hypergeometric with mean K / U and variance (K / U)(1 − 1/U)(N − K)/(N − 1), and
///
///     X² = Σ (x − K/U)² / ((K/U)(N − K)/(N − 1))
///
/// has the mean U − 1 and about the χ² distribution of as many degrees of freedom, where K / U is not small
/// (``isApproximate``). The **dispersion** X² / (U − 1) is 1 at random, larger where some units keep much and
/// others little.
///
/// Reference: R. A. Fisher, "Statistical methods for research workers", 1925, section 16 (index of dispersion).
package struct DegreeDispersionTest: Hashable, Sendable {
  /// X² / (U − 1).
  package let dispersion: Double

  /// The two-sided p-value, twice the smaller tail.
  package let pValue: Double

  /// Whether the χ² distribution is a rough one: units keep fewer than five weights on average, or lose so few.
  package let isApproximate: Bool

  /// Tests the numbers of kept weights of units.
  ///
  /// - Parameters:
  ///   - values: numbers that occur.
  ///   - units: how many units have each.
  ///   - slots: weights that a unit has before pruning, S.
  /// - Returns: `nil` where no mask of as many weights can be uneven: fewer than two units, all weights or none.
  /// - Throws: `StatisticsError.armsDiffer` and `.parameterOutside`.
  package init?(values: [Int], units: [Int], slots: Int) throws {
    guard values.count == units.count else {
      throw StatisticsError.armsDiffer(treated: values.count, control: units.count)
    }
    for value in values where !(0...slots).contains(value) {
      throw StatisticsError.parameterOutside(
        name: "the kept weights of a unit", value: Double(value), allowed: "from 0 to \(slots)")
    }
    let count = units.reduce(0, +)
    let kept = zip(values, units).reduce(0) { $0 + $1.0 * $1.1 }
    let size = count * slots
    guard count > 1, kept > 0, kept < size else { return nil }
    let mean = Double(kept) / Double(count)
    let scale = mean * Double(size - kept) / Double(size - 1)
    let squares = zip(values, units).reduce(0.0) {
      $0 + Double($1.1) * (Double($1.0) - mean) * (Double($1.0) - mean)
    }
    let freedom = Double(count - 1)
    let statistic = squares / scale
    dispersion = statistic / freedom
    pValue = min(
      1, 2 * min(gsl_cdf_chisq_Q(statistic, freedom), gsl_cdf_chisq_P(statistic, freedom)))
    isApproximate = min(mean, Double(slots) - mean) < 5
  }
}
