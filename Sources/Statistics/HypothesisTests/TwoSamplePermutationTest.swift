package import Randomness

/// The two-sided permutation test that two independent samples come from one law, by their means.
///
/// Under the null every assignment of the pooled values to samples of these sizes is as likely as the others; p
/// is the share of them whose means differ at least as much, in absolute value, as observed. Up to
/// `largestExactNumber` assignments all are counted. Beyond, m random ones of which b are as extreme give
/// (b + 1)/(m + 1), which never is 0 and keeps α exactly. It assumes that values can be exchanged: with
/// different spreads and sizes it may reject equal means too often. Differences within 10⁻¹² of the values' size
/// are equal ones that were rounded.
///
/// Reference: Pitman, "Significance tests which may be applied to samples from any populations", Supplement to the
/// Journal of the Royal Statistical Society 4(1), 1937; Phipson and Smyth, "Permutation p-values should never be
/// zero", Statistical Applications in Genetics and Molecular Biology 9(1), 2010.
package struct TwoSamplePermutationTest: Hashable, Sendable {
  /// The most assignments that are all counted.
  package static let largestExactNumber = 1_000_000

  /// How many assignments p was counted from: C(m + n, m), or the random ones and the observed.
  package let arrangements: Int

  /// Whether all assignments were counted.
  package let isExact: Bool

  /// The two-sided p-value; 1 where all values are equal.
  package let pValue: Double

  /// Tests two samples of at least one value each.
  ///
  /// - Parameters:
  ///   - first: the values of one sample.
  ///   - second: those of the other.
  ///   - draws: random assignments where not all are counted, at least 1.
  ///   - stream: draws these; untouched where all are counted.
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite` or `.parameterOutside`.
  package init(
    _ first: [Double], _ second: [Double], draws: Int, stream: inout RandomStream
  ) throws {
    for values in [first, second] {
      try requireSample(values, atLeast: 1, for: "the two-sample permutation test")
    }
    try requireDraws(draws)
    // The means differ by (1/m + 1/n) times the first sample's sum of deviations from the pooled mean.
    let pooled = first + second
    let mean = Sample.mean(pooled)
    var deviations = pooled.map { $0 - mean }
    let size = pooled.reduce(0) { $0 + abs($1) }
    let observed = abs(deviations[..<first.count].reduce(0, +)) - 1e-12 * size
    let chosen = min(first.count, second.count)
    if let all = Self.combinations(pooled.count, chosen) {
      isExact = true
      arrangements = all
      let extreme = Self.count(deviations[...], choosing: chosen, from: 0, atLeast: observed)
      pValue = Double(extreme) / Double(all)
    } else {
      isExact = false
      arrangements = draws + 1
      var extreme = 1
      for _ in 0..<draws {
        // A shuffle's first places: those of the smaller sample are enough.
        var sum = 0.0
        for place in 0..<chosen {
          deviations.swapAt(place, place + stream.integer(below: deviations.count - place))
          sum += deviations[place]
        }
        if abs(sum) >= observed { extreme += 1 }
      }
      pValue = Double(extreme) / Double(arrangements)
    }
  }

  /// C(n, k), `nil` above `largestExactNumber`.
  private static func combinations(_ n: Int, _ k: Int) -> Int? {
    var number = 1
    for taken in 0..<k {
      number = number * (n - taken) / (taken + 1)
      // C(n, j) rises up to j = k ≤ n/2, so a larger one on the way stays larger.
      if number > largestExactNumber { return nil }
    }
    return number
  }

  /// How many choices of the rest give an absolute sum of at least a bound.
  private static func count(
    _ rest: ArraySlice<Double>, choosing chosen: Int, from sum: Double, atLeast bound: Double
  ) -> Int {
    if chosen == 0 { return abs(sum) >= bound ? 1 : 0 }
    return rest.indices.dropLast(chosen - 1).reduce(0) { number, index in
      number
        + count(
          rest[(index + 1)...], choosing: chosen - 1, from: sum + rest[index], atLeast: bound)
    }
  }
}
