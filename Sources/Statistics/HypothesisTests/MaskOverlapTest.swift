import CGSL

/// Whether two masks keep more, or less, of the same weights than masks do that are drawn at random with the same
/// number of weights in every layer.
///
/// Layers are drawn apart from each other, so that the means and variances of their hypergeometric laws
/// (``OverlapTest``) add. The p of one layer is exact. That of several compares z = (both − E) / √Var with a
/// Gaussian, which is sound where √Var is some weights or more; ``isApproximate`` says where it is not.
package struct MaskOverlapTest: Hashable, Sendable {
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
  package let isApproximate: Bool

  /// Standard deviations between the number and its expectation; 0 where there is no deviation.
  package var zScore: Double {
    standardDeviation > 0 ? (Double(both) - expected) / standardDeviation : 0
  }

  /// Tests the overlap of two masks, layer by layer.
  package init(_ layers: [OverlapTest]) {
    let both = layers.reduce(0) { $0 + $1.overlap }
    let either = layers.reduce(0) { $0 + $1.law.marked + $1.law.drawn }
    let expected = layers.reduce(0) { $0 + $1.law.mean }
    let deviation = layers.reduce(0) { $0 + $1.law.variance }.squareRoot()
    self.both = both
    self.expected = expected
    standardDeviation = deviation
    jaccard = either > 0 ? Double(both) / Double(either - both) : nil
    expectedJaccard = either > 0 ? expected / (Double(either) - expected) : nil
    isApproximate = layers.count > 1 && deviation < 3
    if layers.count == 1 {
      pValue = layers[0].pValue
    } else {
      pValue =
        deviation > 0
        ? min(1, 2 * gsl_cdf_ugaussian_Q(abs(Double(both) - expected) / deviation)) : 1
    }
  }
}
