/// The exact two-sided sign test that paired differences lie as often above zero as below.
///
/// Zeros are dropped. With k of the other n above zero, p = min(1, 2 P(K ≤ min(k, n − k))) for
/// K ~ Binomial(n, ½). It holds whatever the spread and the skewness of the differences, and sees only
/// their signs.
///
/// Reference: Conover, "Practical Nonparametric Statistics", 3rd edition, Wiley, 1999, section 3.4.
package struct SignTest: Hashable, Sendable {
  /// The number of differences above zero.
  package let positiveCount: Int

  /// The number of differences below zero.
  package let negativeCount: Int

  /// The two-sided p-value; 1 where all differences are zero.
  package var pValue: Double {
    let total = positiveCount + negativeCount
    let smaller = min(positiveCount, negativeCount)
    return min(1, 2 * Binomial.lowerTail(smaller, trials: total, probability: 0.5))
  }

  /// The p-value if all signs agreed, 2¹⁻ⁿ: as many differences cannot give less.
  package var smallestAttainablePValue: Double {
    SignTest(positiveCount: positiveCount + negativeCount, negativeCount: 0).pValue
  }

  /// Tests at least one paired difference.
  ///
  /// - Throws: `StatisticsError.tooFewValues` or `.valueNotFinite`.
  package init(differences: [Double]) throws {
    try requireSample(differences, atLeast: 1, for: "the sign test")
    self.init(
      positiveCount: differences.count { $0 > 0 }, negativeCount: differences.count { $0 < 0 })
  }

  /// Tests counted signs.
  init(positiveCount: Int, negativeCount: Int) {
    self.positiveCount = positiveCount
    self.negativeCount = negativeCount
  }
}
