import CTorch

/// Scores of what a mask keeps, as unsigned integers of the same order.
///
/// A key has the bits of its score, float32's in the upper half; 0 and −0 are equal. The highest key is
/// that of the highest score, or of the lowest one. Comparing bits, not numbers, is the same for subnormals
/// where arithmetic rounds them to zero.
package struct RankedScores {
  /// How many leading 16 bits there are.
  package static let leadings = 1 << 16

  /// Which keys stay: those above a threshold and the first that equal it.
  package struct Bar {
    /// Keys below it go.
    package let threshold: UInt64
    /// So many more of those that equal it stay; the largest number: all of them.
    package var equalLeft: Int64
    /// Whether keys are complemented.
    package let lowestFirst: Bool

    /// A bar at `threshold`.
    package init(_ threshold: UInt64, equalLeft: Int64, lowestFirst: Bool) {
      self.threshold = threshold
      self.equalLeft = equalLeft
      self.lowestFirst = lowestFirst
    }
  }

  private let scores: Tensor
  private let kept: [UInt8]?
  private let lowestFirst: Bool

  /// Ranks `scores`, float32 or float64, where `kept` is 1, or all of them.
  package init(_ scores: Tensor, where kept: [UInt8]?, lowestFirst: Bool) throws(TensorError) {
    self.scores = ct_is_contiguous(scores.handle.pointer) ? scores : try scores.copy()
    self.kept = kept
    self.lowestFirst = lowestFirst
  }

  /// Adds every `step`-th score that is there to `counts`, by the leading 16 bits of their keys.
  package func count(step: Int = 1, into counts: inout [Int64]) throws(TensorError) {
    precondition(counts.count == Self.leadings, "\(counts.count) counts")
    try check {
      ct_count_keys(
        scores.handle.pointer, lowestFirst, kept, kept?.count ?? 0, step, &counts, $0)
    }
  }

  /// Keys whose leading 16 bits lie in a range, and what else a pass over scores counts.
  package struct Gathered {
    /// The keys; `nil` where there were more than room for them.
    package let keys: [UInt64]?
    /// How many keys lie above.
    package let above: Int
    /// How many scores are zero.
    package let zeros: Int
  }

  /// Gathers the keys of all `layers` in a range, at most `capacity`.
  package static func gather(
    _ layers: [RankedScores], leading: ClosedRange<Int>, capacity: Int
  ) throws -> Gathered {
    var bracket = ct_bracket()
    bracket.low = UInt64(leading.lowerBound) << 48
    bracket.high = UInt64(leading.upperBound) << 48 | (1 << 48 - 1)
    bracket.capacity = capacity
    let keys = try [UInt64](unsafeUninitializedCapacity: capacity + 1) { keys, filled in
      bracket.keys = keys.baseAddress
      for layer in layers {
        let (kept, size) = (layer.kept, layer.kept?.count ?? 0)
        try check {
          ct_gather_keys(layer.scores.handle.pointer, layer.lowestFirst, kept, size, &bracket, $0)
        }
      }
      filled = min(bracket.filled, capacity)
    }
    return Gathered(
      keys: bracket.filled <= capacity ? keys : nil, above: Int(bracket.above),
      zeros: Int(bracket.zeros))
  }

  /// Prunes from `kept`, a mask with an element for every score, what is beyond `bar`.
  package func keep(in kept: inout [UInt8], from bar: inout Bar) throws(TensorError) {
    try check {
      ct_keep_keys(
        scores.handle.pointer, lowestFirst, &kept, kept.count, bar.threshold, &bar.equalLeft, $0)
    }
  }

  /// The sum of the scores beyond `bar`.
  package func sum(beyond bar: inout Bar) throws(TensorError) -> Double {
    var sum = 0.0
    try check {
      ct_sum_below(
        &sum, scores.handle.pointer, lowestFirst, kept, kept?.count ?? 0, bar.threshold,
        &bar.equalLeft, $0)
    }
    return sum
  }
}

extension Tensor {
  /// How many float32 or float64 elements are NaN.
  package var notANumberCount: Int {
    get throws(TensorError) {
      let elements = ct_is_contiguous(handle.pointer) ? self : try copy()
      var count: Int64 = 0
      try check { ct_count_nan(&count, elements.handle.pointer, $0) }
      return Int(count)
    }
  }
}
