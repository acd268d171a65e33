import CGSL

/// Kendall's τ_b of paired values, and the two-sided test that they are independent.
///
/// With C pairs of pairs in the same order, D in opposite order, and X, Y those tied in x and in y, of n(n − 1)/2,
///
///     τ_b = (C − D) / √((n(n − 1)/2 − X) (n(n − 1)/2 − Y)),
///
/// counted in O(n log n) by a merge sort. Without ties and up to ``exactCount`` pairs p is exact, from the
/// number of permutations with at most min(C, D) inversions. Else (C − D) / √V is taken as normal, with V
/// corrected for ties: an approximation that is rough where few pairs have many ties.
///
/// Assumes that pairs are independent of each other and from one law.
///
/// References: Kendall, "The treatment of ties in ranking problems", Biometrika 33(3), 1945; Knight, "A computer
/// method for calculating Kendall's tau with ungrouped data", Journal of the American Statistical Association
/// 61(314), 1966.
package struct KendallCorrelation: Hashable, Sendable {
  /// The largest number of untied pairs of which p is exact.
  package static let exactCount = 33

  /// τ_b, from −1 to 1; `nil` where one list is constant.
  package let correlation: Double?

  /// The two-sided p-value; `nil` where one list is constant.
  package let pValue: Double?

  /// The number of pairs, n.
  package let count: Int

  /// Correlates at least two pairs.
  ///
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite` or `.armsDiffer`.
  package init(x: [Double], y: [Double]) throws {
    try requirePairs(x, y, atLeast: 2, for: "Kendall's correlation")
    count = x.count
    let pairs = zip(x, y).sorted { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }
    let tiesX = Ties(runs(pairs.map(\.0)))
    let both = Ties(runs(pairs) { $0.0 == $1.0 && $0.1 == $1.1 })
    var ordinates = pairs.map(\.1)
    // Pairs tied in x are in ascending order of y, so they count as no inversion.
    let discordant = sortCountingInversions(&ordinates)
    let tiesY = Ties(runs(ordinates))
    let all = x.count * (x.count - 1) / 2
    guard tiesX.pairs < all, tiesY.pairs < all else {
      correlation = nil
      pValue = nil
      return
    }
    let concordant = all - tiesX.pairs - tiesY.pairs + both.pairs - discordant
    let score = Double(concordant - discordant)
    let tau =
      score / Double(all - tiesX.pairs).squareRoot() / Double(all - tiesY.pairs).squareRoot()
    correlation = min(max(tau, -1), 1)
    pValue =
      tiesX.pairs == 0 && tiesY.pairs == 0 && x.count <= Self.exactCount
      ? Self.exactPValue(inversions: min(concordant, discordant), count: x.count)
      : Self.normalPValue(score, count: Double(x.count), tiesX, tiesY)
  }

  /// P(K ≤ inversions or K ≥ n(n − 1)/2 − inversions) of a random permutation.
  private static func exactPValue(inversions: Int, count: Int) -> Double {
    // The law of inversions is that of a sum of uniform numbers below 1, 2, …, n.
    var law = [1.0] + [Double](repeating: 0, count: inversions)
    for size in 2...count {
      law = (0...inversions).map { sum in
        (max(0, sum - size + 1)...sum).reduce(0) { $0 + law[$1] } / Double(size)
      }
    }
    return min(1, 2 * law.reduce(0, +))
  }

  /// P(|Z| ≥ |C − D| / √V).
  private static func normalPValue(_ score: Double, count n: Double, _ x: Ties, _ y: Ties)
    -> Double
  {
    let m = n * (n - 1)
    let variance =
      (m * (2 * n + 5) - x.spread - y.spread) / 18
      + 2 * Double(x.pairs) * Double(y.pairs) / m
      + x.triples * y.triples / (9 * m * (n - 2))
    return min(1, 2 * gsl_cdf_ugaussian_Q(abs(score) / variance.squareRoot()))
  }
}

/// Sums over groups of t tied values. Cubes of millions overflow whole numbers, so those are floating.
private struct Ties {
  /// Σ t(t − 1)/2.
  let pairs: Int
  /// Σ t(t − 1)(t − 2).
  let triples: Double
  /// Σ t(t − 1)(2t + 5).
  let spread: Double

  init(_ sizes: [Int]) {
    pairs = sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    let sizes = sizes.map { Double($0) }
    triples = sizes.reduce(0) { $0 + $1 * ($1 - 1) * ($1 - 2) }
    spread = sizes.reduce(0) { $0 + $1 * ($1 - 1) * (2 * $1 + 5) }
  }
}

/// The lengths of runs of equal neighbours.
private func runs<Element>(_ values: [Element], _ areEqual: (Element, Element) -> Bool) -> [Int] {
  var lengths = [1]
  for index in values.indices.dropFirst() {
    if areEqual(values[index - 1], values[index]) {
      lengths[lengths.count - 1] += 1
    } else {
      lengths.append(1)
    }
  }
  return lengths
}

private func runs(_ values: [Double]) -> [Int] { runs(values, ==) }

/// Sorts by merging from neighbours up, and returns the number of pairs that stood in descending order.
private func sortCountingInversions(_ values: inout [Double]) -> Int {
  var target = values
  var (inversions, width) = (0, 1)
  while width < values.count {
    for start in stride(from: 0, to: values.count, by: 2 * width) {
      let middle = min(start + width, values.count)
      let end = min(start + 2 * width, values.count)
      var (left, right) = (start, middle)
      for position in start..<end {
        if right == end || (left < middle && values[left] <= values[right]) {
          target[position] = values[left]
          left += 1
        } else {
          target[position] = values[right]
          inversions += middle - left
          right += 1
        }
      }
    }
    swap(&values, &target)
    width *= 2
  }
  return inversions
}
