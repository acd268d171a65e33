import CTorch

/// Scores of what a mask keeps, as unsigned integers of the same order.
///
/// A key has the bits of its score, float32's in the upper half; 0 and −0 are equal. The highest key is
/// that of the highest score, or of the lowest one. Comparing bits, not numbers, is the same for subnormals
/// where arithmetic rounds them to zero.
package struct RankedScores {
  /// How many leading 16 bits there are.
  package static let leadings = 1 << 16

  private let scores: Tensor
  private let lowestFirst: Bool

  /// Ranks `scores`, float32 or float64: one for each element of a mask, or one for each element that it
  /// keeps, in order.
  package init(_ scores: Tensor, lowestFirst: Bool) throws(TensorError) {
    self.scores = ct_is_contiguous(scores.handle.pointer) ? scores : try scores.copy()
    self.lowestFirst = lowestFirst
  }

  /// Adds the scores that `kept` keeps to `counts`, by the leading 16 bits of their keys; returns how many
  /// of them are zero.
  package func count(where kept: [UInt8], into counts: inout [Int64]) throws(TensorError) -> Int {
    precondition(counts.count == Self.leadings, "\(counts.count) counts")
    var zeros: Int64 = 0
    try check {
      ct_count_keys(scores.handle.pointer, lowestFirst, kept, kept.count, &counts, &zeros, $0)
    }
    return Int(zeros)
  }

  /// Writes the keys with these leading 16 bits behind the `filled` ones; needs room for one more.
  package func gather(
    where kept: [UInt8], leading: Int, into keys: UnsafeMutableBufferPointer<UInt64>,
    filled: inout Int
  ) throws(TensorError) {
    try check {
      ct_gather_keys(
        scores.handle.pointer, lowestFirst, kept, kept.count, UInt64(leading), keys.baseAddress,
        &filled, $0)
    }
  }

  /// Prunes from `kept` what is below `threshold`, and of the keys equal to it all but the first
  /// `equalLeft`, which is counted down.
  package func keep(in kept: inout [UInt8], from threshold: UInt64, equalLeft: inout Int64)
    throws(TensorError)
  {
    try check {
      ct_keep_keys(
        scores.handle.pointer, lowestFirst, &kept, kept.count, threshold, &equalLeft, $0)
    }
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
