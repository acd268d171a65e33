import CGSL

/// Whether two masks keep more, or less, of the same weights than masks do that are drawn at random with the same
/// number of weights in every layer.
///
/// In a layer of N weights, of which the masks keep a and b, the number that both keep is hypergeometric:
///
///     E = a b / N,   Var = a b (N − a)(N − b) / (N² (N − 1)),
///
/// and layers are drawn apart from each other, so that means and variances add. z = (both − E) / √Var is compared
/// with a Gaussian, which is sound where √Var is some weights or more; ``isApproximate`` says where it is not.
package struct MaskOverlapTest: Hashable, Sendable {
  /// What two masks keep of one layer.
  package struct Layer: Hashable, Sendable {
    let size, first, second, both: Int

    /// Counts of weights: of the layer, kept by the first mask, by the second, by both.
    package init(size: Int, first: Int, second: Int, both: Int) {
      (self.size, self.first, self.second, self.both) = (size, first, second, both)
    }
  }

  /// Weights that both keep.
  package let both: Int

  /// How many random masks would.
  package let expected: Double

  /// The standard deviation of that number.
  package let standardDeviation: Double

  /// Shared weights over those that either keeps, 1 for equal masks; `nil` where neither keeps any.
  package let jaccard: Double?

  /// The same of the expected number.
  package let expectedJaccard: Double?

  /// The two-sided p-value; 1 where random masks could share no other number.
  package let pValue: Double

  /// Whether the Gaussian is a rough one: random masks differ by less than three weights.
  package var isApproximate: Bool { standardDeviation < 3 }

  /// Standard deviations between the number and its expectation; 0 where there is no deviation.
  package var zScore: Double {
    standardDeviation > 0 ? (Double(both) - expected) / standardDeviation : 0
  }

  /// Tests the overlap of two masks.
  ///
  /// - Throws: `StatisticsError.parameterOutside` for counts that no two masks have.
  package init(_ layers: [Layer]) throws {
    var (expected, variance, either) = (0.0, 0.0, 0)
    for layer in layers {
      let least = max(0, layer.first + layer.second - layer.size)
      guard layer.size >= 0, (0...layer.size).contains(layer.first),
        (0...layer.size).contains(layer.second),
        layer.both >= least && layer.both <= min(layer.first, layer.second)
      else {
        throw StatisticsError.parameterOutside(
          name: "the weights that both masks keep", value: Double(layer.both),
          allowed:
            "what masks of \(layer.first) and \(layer.second) of \(layer.size) weights can share")
      }
      either += layer.first + layer.second
      guard layer.size > 1 else {
        expected += Double(layer.first * layer.second)
        continue
      }
      let (n, a, b) = (Double(layer.size), Double(layer.first), Double(layer.second))
      expected += a * b / n
      variance += a / n * (b / n) * (n - a) * (n - b) / (n - 1)
    }
    let both = layers.reduce(0) { $0 + $1.both }
    self.both = both
    self.expected = expected
    standardDeviation = variance.squareRoot()
    jaccard = either > 0 ? Double(both) / Double(either - both) : nil
    expectedJaccard = either > 0 ? expected / (Double(either) - expected) : nil
    let distance = abs(Double(both) - expected)
    pValue =
      variance > 0
      ? min(1, 2 * gsl_cdf_ugaussian_Q(distance / variance.squareRoot())) : 1
  }
}
