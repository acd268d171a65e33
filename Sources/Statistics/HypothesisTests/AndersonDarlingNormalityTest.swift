import CGSL
import Foundation

/// Anderson and Darling's test that values come from some Gaussian, its mean and deviation estimated.
///
/// With standardized values y₍ᵢ₎ in ascending order,
///
///     A² = −n − (1/n) Σ (2i − 1) (ln Φ(y₍ᵢ₎) + ln(1 − Φ(y₍ₙ₊₁₋ᵢ₎))),   A*² = A² (1 + 0.75/n + 2.25/n²),
///
/// and p is Stephens' fit to the law of A*² (case 3: both parameters unknown). It assumes independent values and
/// at least eight of them, below which the fit does not hold. Of a million values it sees deviations
/// that matter to nobody: judge A² or the distance, too.
///
/// Reference: D'Agostino and Stephens, "Goodness-of-Fit Techniques", Dekker, 1986, table 4.9.
package struct AndersonDarlingNormalityTest: Hashable, Sendable {
  /// The statistic A², not adjusted for the number of values.
  package let statistic: Double

  /// The p-value; where A*² is above `largestStatistic`, the one there, which is then an upper bound.
  package let pValue: Double

  /// The A*² up to which p is computed: 10, where p is 4·10⁻²⁴.
  package static let largestStatistic = 10.0

  /// Tests at least eight values, not all equal.
  ///
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite` or `.parameterOutside`.
  package init(_ values: [Double]) throws {
    try requireSample(values, atLeast: 8, for: "the Anderson–Darling test of normality")
    let summary = try SampleSummary(values)
    guard summary.standardDeviation > 0 else {
      throw StatisticsError.parameterOutside(
        name: "the standard deviation of the values", value: 0, allowed: "above 0")
    }
    let sorted = values.sorted()
    let n = Double(sorted.count)
    // ln Φ by ln erfc holds where Φ itself is 0 or 1.
    func logCumulative(_ y: Double) -> Double { gsl_sf_log_erfc(-y / 2.0.squareRoot()) - M_LN2 }
    var sum = 0.0
    for index in sorted.indices {
      let below = (sorted[index] - summary.mean) / summary.standardDeviation
      let above = (sorted[sorted.count - 1 - index] - summary.mean) / summary.standardDeviation
      sum += Double(2 * index + 1) * (logCumulative(below) + logCumulative(-above))
    }
    try self.init(statistic: -n - sum / n, count: sorted.count)
  }

  /// Tests an A² that was measured on `count` values, at least eight.
  ///
  /// - Throws: `StatisticsError.tooFewValues` or `.parameterOutside`.
  package init(statistic: Double, count: Int) throws {
    guard count >= 8 else {
      throw StatisticsError.tooFewValues(
        statistic: "the Anderson–Darling test of normality", needed: 8, given: count)
    }
    guard statistic >= 0, statistic.isFinite else {
      throw StatisticsError.parameterOutside(
        name: "A²", value: statistic, allowed: "finite and at least 0")
    }
    let n = Double(count)
    self.statistic = statistic
    pValue = Self.upperTail(statistic * (1 + 0.75 / n + 2.25 / (n * n)))
  }

  /// P(A*² ≥ a) by Stephens' fit.
  private static func upperTail(_ a: Double) -> Double {
    switch a {
    case ..<0.2: 1 - exp(-13.436 + 101.14 * a - 223.73 * a * a)
    case ..<0.34: 1 - exp(-8.318 + 42.796 * a - 59.938 * a * a)
    case ..<0.6: exp(0.9177 - 4.279 * a - 1.38 * a * a)
    case ..<largestStatistic: exp(1.2937 - 5.709 * a + 0.0186 * a * a)
    default: upperTail(largestStatistic.nextDown)
    }
  }
}
