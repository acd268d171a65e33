import CGSL

/// How far a sample leans to one side: b₁ = Σ(x − x̄)³ / (n s³), by `gsl_stats_skew_m_sd`.
///
/// t-tests of skewed differences err several times α in one tail, the more the smaller α is: exponential ones 15 times at
/// α = 0.05/90 with five replicates and 22 times with eight, a skewness of 1 two to four times. Few values tell
/// little of it, so what is marked is what normal samples of the same size seldom have. The mark is no safeguard: a
/// sample that errs is mostly one that lacks its tail and looks symmetric, and of those false claims 6 % are
/// marked with five replicates and 11 % with eight.
///
/// Of normal samples the moment ratio g₁ = b₁ (n / (n − 1))^³ᐟ² has, exactly, the standard error
/// √(6 (n − 2) / ((n + 1) (n + 3))).
///
/// Reference: Joanes and Gill, "Comparing measures of sample skewness and kurtosis", The Statistician
/// 47(1), 1998.
package struct Skewness: Hashable, Sendable {
  /// b₁, without unit; above 0 where the long tail is the upper one.
  package let value: Double

  /// The standard error of b₁ in normal samples of this size.
  package let standardError: Double

  /// Whether b₁ lies more than two standard errors from 0.
  ///
  /// Of normal samples about one in twenty does. Four values or fewer never do, whatever they are: their
  /// largest possible skewness is smaller.
  package var isLarge: Bool { abs(value) > 2 * standardError }

  /// The skewness of at least three values that are not all equal; `nil` for others.
  ///
  /// - Throws: `StatisticsError.valueNotFinite`.
  package init?(of values: [Double]) throws {
    try requireSample(values, atLeast: 0, for: "a skewness")
    guard values.count >= 3, let first = values.first, values.contains(where: { $0 != first })
    else { return nil }
    let summary = try SampleSummary(values)
    value = try GSL.value("a skewness") {
      gsl_stats_skew_m_sd(values, 1, values.count, summary.mean, summary.standardDeviation)
    }
    let n = Double(values.count)
    let shrinkage = (n - 1) / n * ((n - 1) / n).squareRoot()
    standardError = shrinkage * (6 * (n - 2) / ((n + 1) * (n + 3))).squareRoot()
  }
}
