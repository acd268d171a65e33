import CGSL

/// Wilcoxon's two-sided signed-rank test that paired differences are symmetric about zero.
///
/// Zeros are dropped. W is the sum of the mid-ranks of |d| over differences above zero. Up to ``exactCount``
/// differences p is exact given the ranks, ties included: the share of all 2ⁿ signs whose W is at least as far from
/// Σ rank / 2. Beyond, W is taken as normal, with variance Σ rank² / 4.
///
/// Assumes that differences are independent and symmetric about one centre.
///
/// Reference: Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1(6), 1945; Pratt,
/// "Remarks on zeros and ties in the Wilcoxon signed rank procedures", Journal of the American Statistical
/// Association 54(287), 1959.
package struct SignedRankTest: Hashable, Sendable {
  /// The largest number of differences of which p is exact.
  package static let exactCount = 100

  /// W, the sum of the ranks of differences above zero.
  package let rankSum: Double

  /// The number of differences other than zero, n.
  package let count: Int

  /// The two-sided p-value; 1 where all differences are zero.
  package let pValue: Double

  /// Tests at least one paired difference.
  ///
  /// - Throws: `StatisticsError.tooFewValues` or `.valueNotFinite`.
  package init(differences: [Double]) throws {
    try requireSample(differences, atLeast: 1, for: "the signed-rank test")
    let differences = differences.filter { $0 != 0 }
    let ranks = MidRanks(differences.map { abs($0) }).doubled
    let sum = zip(ranks, differences).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
    count = differences.count
    rankSum = Double(sum) / 2
    // Twice the distance of doubled ranks from their mean, a whole number.
    let distance = abs(2 * sum - ranks.reduce(0, +))
    pValue =
      count <= Self.exactCount
      ? Self.exactPValue(ranks, distance)
      : Self.normalPValue(ranks, distance)
  }

  /// The probability of a sum at least so far from its mean, each rank being in it or not by a fair coin.
  private static func exactPValue(_ ranks: [Int], _ distance: Int) -> Double {
    let total = ranks.reduce(0, +)
    var law = [1.0] + [Double](repeating: 0, count: total)
    for rank in ranks {
      for sum in stride(from: total, through: 0, by: -1) {
        law[sum] = (law[sum] + (sum >= rank ? law[sum - rank] : 0)) / 2
      }
    }
    return min(1, law.indices.reduce(0) { abs(2 * $1 - total) >= distance ? $0 + law[$1] : $0 })
  }

  private static func normalPValue(_ ranks: [Int], _ distance: Int) -> Double {
    // In the distance's unit, a fourth of a rank, the variance is Σ (doubled rank)².
    let variance = ranks.reduce(0) { $0 + Double($1) * Double($1) }
    return min(1, 2 * gsl_cdf_ugaussian_Q(Double(distance) / variance.squareRoot()))
  }
}
