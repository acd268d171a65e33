/// The monotone sequence nearest to values in weighted least squares, by pooling adjacent violators (PAVA).
///
/// ŷ minimizes Σ w_i (y_i − ŷ_i)² under ŷ_1 ≤ ŷ_2 ≤ … (or ≥): neighbours in the wrong order are replaced by their
/// weighted mean until none are. Of mean accuracies in order of density it is the curve nearest to them that only
/// falls. It takes O(n) steps and assumes nothing but the order.
///
/// Reference: Barlow, Bartholomew, Bremner and Brunk, "Statistical Inference under Order Restrictions", Wiley,
/// 1972, section 1.2.
package struct IsotonicFit: Hashable, Sendable {
  /// Which way the sequence goes.
  package enum Direction: Hashable, Sendable {
    /// No value below the one before.
    case rising
    /// No value above the one before.
    case falling
  }

  /// ŷ, one per value and in their order.
  package let fitted: [Double]

  /// Fits at least one value.
  ///
  /// - Parameters:
  ///   - values: y, in the order along which they are to be monotone.
  ///   - weights: w, above 0, such as the numbers of replicates behind each value.
  ///   - direction: rising or falling.
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite`, `.armsDiffer` or `.parameterOutside`.
  package init(_ values: [Double], weights: [Double], direction: Direction) throws {
    try requirePairs(values, weights, atLeast: 1, for: "an isotonic fit")
    for weight in weights where weight <= 0 {
      throw StatisticsError.parameterOutside(
        name: "a weight of an isotonic fit", value: weight, allowed: "above 0")
    }
    var blocks: [(mean: Double, weight: Double, count: Int)] = []
    for (value, weight) in zip(values, weights) {
      var block = (mean: value, weight: weight, count: 1)
      while let last = blocks.last,
        direction == .rising ? last.mean > block.mean : last.mean < block.mean
      {
        blocks.removeLast()
        let total = last.weight + block.weight
        block = (
          last.mean + (block.mean - last.mean) * block.weight / total, total,
          last.count + block.count
        )
      }
      blocks.append(block)
    }
    fitted = blocks.flatMap { Array(repeating: $0.mean, count: $0.count) }
  }
}
