/// Benjamini and Hochberg's step-up adjustment of p-values for their number.
///
/// With p₍₁₎ ≤ … ≤ p₍ₖ₎, the adjusted value of p₍ᵢ₎ is min over j ≥ i of min(1, k p₍ⱼ₎ / j). Rejecting where
/// it is at most q keeps the expected share of false rejections among all rejections at or below q (the
/// false discovery rate), for tests that are independent or positively dependent (regression dependent on
/// each true null, Benjamini and Yekutieli 2001). It does not bound the chance of any false rejection;
/// ``holmAdjusted(_:)`` does.
///
/// Reference: Benjamini and Hochberg, "Controlling the false discovery rate: a practical and powerful approach
/// to multiple testing", Journal of the Royal Statistical Society B 57(1), 1995.
///
/// - Parameter pValues: p-values in [0, 1], in any order; none is fine.
/// - Returns: the adjusted p-values in the same order.
/// - Throws: `StatisticsError.parameterOutside` for a value that is no p-value.
package func benjaminiHochbergAdjusted(_ pValues: [Double]) throws -> [Double] {
  try requirePValues(pValues)
  var adjusted = pValues
  var smallest = 1.0
  let ascending = pValues.indices.sorted { pValues[$0] < pValues[$1] }
  for (rank, index) in zip(1..., ascending).reversed() {
    // k/j first: it is 1 at the last rank, where the product must not round below the value.
    smallest = min(smallest, Double(pValues.count) / Double(rank) * pValues[index])
    adjusted[index] = smallest
  }
  return adjusted
}
