import Foundation

/// Whether two subsets of one population share more or fewer members than independent random ones do.
///
/// The sizes of both subsets are given. Under the null the overlap is hypergeometric, exactly; p is the chance
/// of an overlap that is no more probable than the observed one. Subsets that were drawn within layers need
/// one test per layer: layers of different densities alone make whole masks overlap.
///
/// Reference: Fisher, "The logic of inductive inference", Journal of the Royal Statistical Society 98(1), 1935.
package struct OverlapTest: Hashable, Sendable {
  /// The law of the overlap under the null.
  package let law: Hypergeometric

  /// The observed number of shared members.
  package let overlap: Int

  /// The natural logarithm of the two-sided p, finite where p itself would be 0; a sum over a tail each time.
  package var logPValue: Double { law.logTwoSidedPValue(overlap) }

  /// The two-sided p-value; 0 below 10⁻³²³.
  package var pValue: Double { exp(logPValue) }

  /// The Jaccard index, shared members of all members of either; `nil` where both are empty.
  package var jaccard: Double? {
    let union = law.marked + law.drawn - overlap
    return union > 0 ? Double(overlap) / Double(union) : nil
  }

  /// Tests an overlap of two subsets.
  ///
  /// - Throws: `StatisticsError.parameterOutside` for sizes or an overlap that cannot be.
  package init(population: Int, first: Int, second: Int, overlap: Int) throws {
    law = try Hypergeometric(population: population, marked: first, drawn: second)
    try requireCount(overlap, in: law.support, "the overlap")
    self.overlap = overlap
  }
}
