/// Wilcoxon's two-sided signed-rank test that paired differences are symmetric about zero.
///
/// Zeros are dropped, as Wilcoxon does; the magnitudes of the rest are ranked, ties sharing their
/// average rank; W⁺ is the sum of the ranks of positive differences. Given the ranks, each of the
/// 2ⁿ patterns of signs is equally likely. Up to 50 non-zero differences p counts them exactly,
/// with ties too; beyond, it comes from the normal approximation with the variance Σrᵢ² / 4 (which
/// is the tie-corrected one) and a continuity correction of ½.
///
/// Reference: Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1(6), 1945.
package struct SignedRankTest: Hashable, Sendable {
  /// The number of non-zero differences, n.
  package let nonZeroCount: Int

  /// The sum of the ranks of the positive differences, W⁺.
  package let positiveRankSum: Double

  /// The two-sided p-value; 1 where all differences are zero.
  package let pValue: Double

  /// The p-value if all n signs agreed, 2¹⁻ⁿ when exact: no data of this size can give less.
  package let smallestAttainablePValue: Double

  /// Whether p counts patterns of signs rather than approximating their distribution.
  package let isExact: Bool

  /// The largest number of non-zero differences for which p is exact.
  package static let largestExactCount = 50

  /// Tests at least one paired difference.
  ///
  /// - Throws: `StatisticsError.tooFewValues` or `.valueNotFinite`.
  package init(differences: [Double]) throws {
    try requireSample(differences, atLeast: 1, for: "the signed-rank test")
    let sorted = differences.filter { $0 != 0 }.sorted { abs($0) < abs($1) }
    let doubledRanks = Self.doubledRanks(ofSorted: sorted.map(abs))
    let doubledSum = zip(sorted, doubledRanks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    nonZeroCount = sorted.count
    positiveRankSum = Double(doubledSum) / 2
    isExact = sorted.count <= Self.largestExactCount
    // The distribution of W⁺ is symmetric, ties or not: flipping all signs mirrors it.
    let smaller = min(doubledSum, doubledRanks.reduce(0, +) - doubledSum)
    let pValue = isExact ? Self.exactPValue : Self.approximatePValue
    self.pValue = pValue(smaller, doubledRanks)
    smallestAttainablePValue = pValue(0, doubledRanks)
  }

  /// Twice the average rank of each magnitude, an integer.
  private static func doubledRanks(ofSorted magnitudes: [Double]) -> [Int] {
    var ranks: [Int] = []
    while ranks.count < magnitudes.count {
      let first = ranks.count
      let end = magnitudes[first...].firstIndex { $0 != magnitudes[first] } ?? magnitudes.count
      // The ranks first + 1 ... end have the mean (first + 1 + end) / 2.
      ranks += Array(repeating: first + 1 + end, count: end - first)
    }
    return ranks
  }

  /// 2 P(doubled rank sum ≤ smaller), by counting the subsets of the ranks for each sum.
  private static func exactPValue(smaller: Int, doubledRanks: [Int]) -> Double {
    var subsets = Array(repeating: UInt64(0), count: smaller + 1)
    subsets[0] = 1
    for rank in doubledRanks where rank <= smaller {
      for sum in (rank...smaller).reversed() { subsets[sum] += subsets[sum - rank] }
    }
    let patterns = Double(UInt64(1) << UInt64(doubledRanks.count))
    return min(1, 2 * Double(subsets.reduce(0, +)) / patterns)
  }

  private static func approximatePValue(smaller: Int, doubledRanks: [Int]) -> Double {
    let ranks = doubledRanks.map { Double($0) / 2 }
    let mean = ranks.reduce(0, +) / 2
    let variance = ranks.reduce(0) { $0 + $1 * $1 } / 4
    let distance = max(0, mean - Double(smaller) / 2 - 0.5)
    return 2 * StandardNormal.upperTail(distance / variance.squareRoot())
  }
}
