import CKernels

/// How alike two lists of scores rank the same weights.
///
/// Spearman's ρ is Pearson's correlation of average ranks, Kendall's τ_b is corrected for ties:
///
///     τ_b = (C − D) / √((n(n − 1)/2 − X) (n(n − 1)/2 − Y)),
///
/// C and D the pairs in the same and in opposite order, X and Y those tied in either list. Counts are whole numbers, so
/// that both are exact but for the last division. O(n log n).
///
/// Reference: Knight, "A computer method for calculating Kendall's tau with ungrouped data", Journal of the American
/// Statistical Association 61(314), 1966.
package struct RankCorrelation: Hashable, Sendable {
  /// Spearman's ρ, from −1 to 1.
  package let spearman: Double
  /// Kendall's τ_b, from −1 to 1.
  package let kendall: Double

  /// Correlates the elements of tensors, float32 or float64, taken together in their order; `nil` where one list is
  /// constant.
  package init?(_ first: [Tensor], _ second: [Tensor]) throws(TensorError) {
    guard first.map(\.count) == second.map(\.count) else {
      throw .operation(
        "\(first.map(\.count)) scores cannot be correlated with \(second.map(\.count))")
    }
    var lists: [[Tensor]] = []
    for tensors in [first, second] {
      var ordered: [Tensor] = []
      for tensor in tensors { ordered.append(try tensor.inOrder()) }
      lists.append(ordered)
    }
    defer { withExtendedLifetime(lists) {} }
    var scores: [[ck_scores]] = []
    for tensors in lists {
      var parts: [ck_scores] = []
      for tensor in tensors { parts.append(try tensor.ranked(lowestFirst: false)) }
      scores.append(parts)
    }
    var (spearman, kendall) = (0.0, 0.0)
    guard ck_correlate_ranks(scores[0], scores[1], first.count, &spearman, &kendall) else {
      return nil
    }
    (self.spearman, self.kendall) = (spearman, kendall)
  }
}
