package import Randomness

/// The two-sided permutation test that paired differences are symmetric about zero.
///
/// Under the null each sign is as likely as the other, whatever the law of the sizes; p is the share of sign
/// flips whose |Σ ±dᵢ| is at least the observed. Up to `largestExactCount` differences all 2ⁿ are counted. Beyond,
/// m random ones of which b are as extreme give (b + 1)/(m + 1), which never is 0 and keeps α exactly.
/// Sums that differ by 10⁻¹² of Σ |dᵢ| are equal ones that were rounded.
///
/// Reference: Fisher, "The Design of Experiments", Oliver & Boyd, 1935, section 21; Phipson and Smyth, "Permutation
/// p-values should never be zero", Statistical Applications in Genetics and Molecular Biology 9(1), 2010.
package struct PairedPermutationTest: Hashable, Sendable {
  /// The most differences of which all sign flips are counted.
  package static let largestExactCount = 20

  /// How many arrangements p was counted from: 2ⁿ, or the random ones and the observed.
  package let arrangements: Int

  /// Whether all arrangements were counted.
  package let isExact: Bool

  /// The two-sided p-value; 1 where all differences are zero.
  package let pValue: Double

  /// Tests at least one paired difference.
  ///
  /// - Parameters:
  ///   - differences: one per pair.
  ///   - draws: random arrangements where not all are counted, at least 1.
  ///   - stream: draws these; untouched where all are counted.
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite` or `.parameterOutside`.
  package init(differences: [Double], draws: Int, stream: inout RandomStream) throws {
    try requireSample(differences, atLeast: 1, for: "the paired permutation test")
    try requireDraws(draws)
    let size = differences.reduce(0) { $0 + abs($1) }
    let observed = abs(differences.reduce(0, +)) - 1e-12 * size
    isExact = differences.count <= Self.largestExactCount
    if isExact {
      // A flip of all signs leaves |Σ| alone, so the first sign is held.
      let half = 1 << (differences.count - 1)
      arrangements = 2 * half
      let extreme = Self.count(
        differences[...].dropFirst(), from: differences[0], atLeast: observed)
      pValue = Double(extreme) / Double(half)
    } else {
      arrangements = draws + 1
      var extreme = 1
      for _ in 0..<draws {
        let sum = differences.reduce(0) { $0 + (stream.uniform() < 0.5 ? $1 : -$1) }
        if abs(sum) >= observed { extreme += 1 }
      }
      pValue = Double(extreme) / Double(arrangements)
    }
  }

  /// How many signs of the rest give an absolute sum of at least a bound.
  private static func count(
    _ rest: ArraySlice<Double>, from sum: Double, atLeast bound: Double
  ) -> Int {
    guard let next = rest.first else { return abs(sum) >= bound ? 1 : 0 }
    return count(rest.dropFirst(), from: sum + next, atLeast: bound)
      + count(rest.dropFirst(), from: sum - next, atLeast: bound)
  }
}

/// Throws unless a number of random arrangements is at least 1.
func requireDraws(_ draws: Int) throws {
  guard draws >= 1 else {
    throw StatisticsError.parameterOutside(
      name: "the number of random arrangements", value: Double(draws), allowed: "at least 1")
  }
}
