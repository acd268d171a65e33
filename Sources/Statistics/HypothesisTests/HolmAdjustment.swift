/// Holm's step-down adjustment of p-values for their number.
///
/// With p₍₁₎ ≤ … ≤ p₍ₖ₎, the adjusted value of p₍ᵢ₎ is max over j ≤ i of min(1, (k − j + 1) p₍ⱼ₎).
/// Rejecting where it is below α keeps the chance of any false rejection below α, whatever the
/// dependence between the tests.
///
/// Reference: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal
/// of Statistics 6(2), 1979.
///
/// - Parameter pValues: p-values in [0, 1], in any order; none is fine.
/// - Returns: the adjusted p-values in the same order.
/// - Throws: `StatisticsError.parameterOutside` for a value that is no p-value.
package func holmAdjusted(_ pValues: [Double]) throws -> [Double] {
  try requirePValues(pValues)
  var adjusted = pValues
  var largest = 0.0
  let ascending = pValues.indices.sorted { pValues[$0] < pValues[$1] }
  for (step, index) in ascending.enumerated() {
    largest = max(largest, min(1, Double(pValues.count - step) * pValues[index]))
    adjusted[index] = largest
  }
  return adjusted
}

/// Throws unless all values lie in [0, 1].
func requirePValues(_ pValues: [Double]) throws {
  for (index, value) in pValues.enumerated() where !(0...1).contains(value) {
    throw StatisticsError.parameterOutside(
      name: "the p-value at index \(index)", value: value, allowed: "between 0 and 1")
  }
}
