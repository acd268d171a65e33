import CGSL

/// The two-sided Kolmogorov–Smirnov test that values come from one fully specified Gaussian.
///
/// D = max over i of max(i/n − F(x₍ᵢ₎), F(x₍ᵢ₎) − (i − 1)/n). It assumes independent values and a mean and
/// a standard deviation that were not estimated from them: with estimated ones p is far too large, which is
/// what ``AndersonDarlingNormalityTest`` is for. Equal values do not come from a continuous law; they are counted
/// in ``tiedCount`` and make p approximate.
///
/// p is exact up to 200 values. Beyond, it is within 1 % of the exact one.
///
/// Reference: Kolmogorov, "Sulla determinazione empirica di una legge di distribuzione", Giornale
/// dell'Istituto Italiano degli Attuari 4, 1933; the laws used are told at ``Kolmogorov``.
package struct GaussianKolmogorovSmirnovTest: Hashable, Sendable {
  /// The number of values.
  package let count: Int

  /// The largest distance D between the two distribution functions.
  package let distance: Double

  /// How many values equal the one before them in order.
  package let tiedCount: Int

  /// The two-sided p-value.
  package let pValue: Double

  /// Tests at least one value against the Gaussian of a mean and a standard deviation above 0.
  ///
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite` or `.parameterOutside`.
  package init(_ values: [Double], mean: Double, standardDeviation: Double) throws {
    try requireSample(values, atLeast: 1, for: "the Kolmogorov–Smirnov test")
    guard mean.isFinite else {
      throw StatisticsError.parameterOutside(
        name: "the Gaussian's mean", value: mean, allowed: "finite")
    }
    guard 0 < standardDeviation && standardDeviation < .infinity else {
      throw StatisticsError.parameterOutside(
        name: "the Gaussian's standard deviation", value: standardDeviation,
        allowed: "finite and above 0")
    }
    let sorted = values.sorted()
    let n = Double(sorted.count)
    var distance = 0.0
    for (index, value) in sorted.enumerated() {
      let expected = gsl_cdf_gaussian_P(value - mean, standardDeviation)
      distance = max(distance, Double(index + 1) / n - expected, expected - Double(index) / n)
    }
    count = sorted.count
    self.distance = distance
    tiedCount = zip(sorted, sorted.dropFirst()).count { $0 == $1 }
    pValue = Kolmogorov.upperTail(distance: distance, count: sorted.count)
  }
}

/// The two-sided Kolmogorov–Smirnov test that two independent samples come from one law.
///
/// D = max |F₁ − F₂| of the two empirical distribution functions. Where the sizes' product is at most
/// `largestExactProduct`, p is exact: the share of all assignments of the pooled values to two samples of these
/// sizes whose D is at least as large, by a recursion over the lattice of counts. The functions are compared
/// only after the last of equal values, so p is the permutation p under ties too; without ties it is that of
/// SciPy's `ks_2samp`. Beyond, p is Kolmogorov's limit at √(m n / (m + n)) D: too large rather than too small, by up
/// to 10 % of itself where the smaller sample has a thousand values, by 20 % at a hundred and twofold at three
/// (against the recursion), and by more under ties.
///
/// Reference: Smirnov, "On the estimation of the discrepancy between empirical curves of distribution for two
/// independent samples", Bulletin Mathématique de l'Université de Moscou 2(2), 1939; Schröer and Trenkler, "Exact
/// and randomization distributions of Kolmogorov–Smirnov tests two or three samples", Computational
/// Statistics & Data Analysis 20(2), 1995, for ties.
package struct TwoSampleKolmogorovSmirnovTest: Hashable, Sendable {
  /// The largest product of the two sizes for which p is exact.
  package static let largestExactProduct = 10_000_000

  /// The largest distance D between the two distribution functions.
  package let distance: Double

  /// How many of the pooled values equal the one before them in order.
  package let tiedCount: Int

  /// Whether p is exact, not the limit of large samples.
  package let isExact: Bool

  /// The two-sided p-value.
  package let pValue: Double

  /// Tests two samples of at least one value each.
  ///
  /// - Throws: `StatisticsError.tooFewValues` or `.valueNotFinite`.
  package init(_ first: [Double], _ second: [Double]) throws {
    for values in [first, second] {
      try requireSample(values, atLeast: 1, for: "the two-sample Kolmogorov–Smirnov test")
    }
    let (m, n) = (first.count, second.count)
    let walk = PooledWalk(first.sorted(), second.sorted())
    distance = Double(walk.largestGap) / (Double(m) * Double(n))
    tiedCount = walk.isLastOfEqual.count { !$0 }
    isExact = n <= Self.largestExactProduct / m
    let effective = Double(m) * Double(n) / Double(m + n)
    pValue =
      isExact
      ? walk.crossingProbability(m, n)
      : Kolmogorov.limitUpperTail(effective.squareRoot() * distance)
  }
}

/// The walk of counts (i, j) of values of two samples passed, in ascending order.
private struct PooledWalk {
  /// Per pooled value, whether the next is larger.
  private(set) var isLastOfEqual: [Bool] = []

  /// The largest |i n − j m| after the last of equal values: D times m n, an integer.
  private(set) var largestGap = 0

  /// Merges two samples in ascending order.
  init(_ first: [Double], _ second: [Double]) {
    isLastOfEqual.reserveCapacity(first.count + second.count)
    var (i, j) = (0, 0)
    while i < first.count || j < second.count {
      let value =
        j == second.count || (i < first.count && first[i] <= second[j]) ? first[i] : second[j]
      let before = i + j
      while i < first.count && first[i] == value { i += 1 }
      while j < second.count && second[j] == value { j += 1 }
      isLastOfEqual += repeatElement(false, count: i + j - before - 1) + [true]
      largestGap = max(largestGap, abs(i * second.count - j * first.count))
    }
  }

  /// The chance that a random walk to (m, n) somewhere has a gap as large as the observed one.
  func crossingProbability(_ m: Int, _ n: Int) -> Double {
    guard largestGap > 0 else { return 1 }
    // crossed[j]: the chance that a random walk to (i, j) has crossed; its last step came from (i − 1, j) with
    // probability i / (i + j).
    var crossed = [Double](repeating: 0, count: n + 1)
    for i in 0...m {
      for j in 0...n where i + j > 0 {
        if isLastOfEqual[i + j - 1] && abs(i * n - j * m) >= largestGap {
          crossed[j] = 1
        } else {
          let fromLeft = j > 0 ? Double(j) * crossed[j - 1] : 0
          crossed[j] = (Double(i) * crossed[j] + fromLeft) / Double(i + j)
        }
      }
    }
    return crossed[n]
  }
}
