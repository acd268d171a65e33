import CGSL
import Foundation

/// Spearman's rank correlation ρ of paired values, and the two-sided test that they are independent.
///
/// ρ is Pearson's correlation of the mid-ranks (`gsl_stats_spearman`). Up to ``exactCount`` pairs p is exact,
/// with or without ties: the share of all n! pairings of the observed ranks whose |ρ| is at least the observed
/// one. Beyond, t = ρ √((n − 2) / (1 − ρ²)) on n − 2 degrees of freedom is approximate, and p is never told
/// below 2 / n!, which no pairing can undercut.
///
/// Assumes that pairs are independent of each other and from one law; weights of one network are not, so that p
/// of their ranks says nothing about other networks.
///
/// References: Spearman, "The proof and measurement of association between two things", American Journal of
/// Psychology 15(1), 1904; Conover, "Practical Nonparametric Statistics", 3rd edition, Wiley, 1999, section 5.4.
package struct SpearmanCorrelation: Hashable, Sendable {
  /// The largest number of pairs of which p is exact.
  package static let exactCount = 10

  /// ρ, from −1 to 1; `nil` where one list is constant.
  package let correlation: Double?

  /// The two-sided p-value; `nil` where one list is constant.
  package let pValue: Double?

  /// The number of pairs, n.
  package let count: Int

  /// Correlates at least three pairs.
  ///
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite` or `.armsDiffer`.
  package init(x: [Double], y: [Double]) throws {
    try requirePairs(x, y, atLeast: 3, for: "Spearman's correlation")
    count = x.count
    guard x.contains(where: { $0 != x[0] }), y.contains(where: { $0 != y[0] }) else {
      correlation = nil
      pValue = nil
      return
    }
    var work = [Double](repeating: 0, count: 2 * x.count)
    let value = try GSL.value("Spearman's correlation") {
      gsl_stats_spearman(x, 1, y, 1, x.count, &work)
    }
    let bounded = min(max(value, -1), 1)
    correlation = bounded
    pValue =
      x.count <= Self.exactCount
      ? Self.exactPValue(MidRanks(x).doubled, MidRanks(y).doubled)
      : try Self.approximatePValue(bounded, count: x.count)
  }

  /// P(|ρ| ≥ the observed) by Student's t.
  private static func approximatePValue(_ correlation: Double, count: Int) throws -> Double {
    let smallest = exp(log(2) - lgamma(Double(count) + 1))
    let unexplained = 1 - correlation * correlation
    guard unexplained > 0 else { return smallest }
    let t = abs(correlation) * (Double(count - 2) / unexplained).squareRoot()
    return max(smallest, min(1, 2 * (try StudentT.upperTail(t, degreesOfFreedom: count - 2))))
  }

  /// The share of pairings of whole-numbered ranks whose Σ ab lies as far from its mean as the observed sum.
  private static func exactPValue(_ a: [Int], _ b: [Int]) -> Double {
    let n = a.count
    let largest = zip(a.sorted(), b.sorted()).reduce(0) { $0 + $1.0 * $1.1 }
    // ways[subset][sum]: pairings of the first |subset| of a with that subset of b.
    var ways = [[Int]](repeating: [], count: 1 << n)
    ways[0] = [Int](repeating: 0, count: largest + 1)
    ways[0][0] = 1
    for subset in 1..<(1 << n) {
      var counts = [Int](repeating: 0, count: largest + 1)
      let next = a[subset.nonzeroBitCount - 1]
      for index in 0..<n where subset & 1 << index != 0 {
        let product = next * b[index]
        let before = ways[subset & ~(1 << index)]
        for sum in 0...(largest - product) { counts[sum + product] += before[sum] }
      }
      ways[subset] = counts
    }
    // n times the distance from the mean, so that it is a whole number.
    let total = a.reduce(0, +) * b.reduce(0, +)
    let observed = abs(n * zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } - total)
    let all = ways[(1 << n) - 1]
    let extreme = all.indices.reduce(0) { abs(n * $1 - total) >= observed ? $0 + all[$1] : $0 }
    return Double(extreme) / Double(all.reduce(0, +))
  }
}

/// Throws unless the lists are as long as each other, have `needed` values and only finite ones.
func requirePairs(_ x: [Double], _ y: [Double], atLeast needed: Int, for statistic: String) throws {
  guard x.count == y.count else {
    throw StatisticsError.armsDiffer(treated: x.count, control: y.count)
  }
  try requireSample(x, atLeast: needed, for: statistic)
  try requireSample(y, atLeast: needed, for: statistic)
}
