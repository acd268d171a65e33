import CKernels

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
    self.scores = try scores.inOrder()
    self.kept = kept
    self.lowestFirst = lowestFirst
  }

  /// Adds every `step`-th score that is there to `counts`, by the leading 16 bits of their keys.
  package func count(step: Int = 1, into counts: inout [Int64]) throws(TensorError) {
    precondition(counts.count == Self.leadings, "\(counts.count) counts")
    ck_count_keys(try scores(for: kept), kept, step, &counts)
    withExtendedLifetime(self) {}
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
    var bracket = ck_bracket()
    bracket.low = UInt64(leading.lowerBound) << 48
    bracket.high = UInt64(leading.upperBound) << 48 | (1 << 48 - 1)
    bracket.capacity = capacity
    let keys = try [UInt64](unsafeUninitializedCapacity: capacity + 1) { keys, filled in
      bracket.keys = keys.baseAddress
      for layer in layers {
        ck_gather_keys(try layer.scores(for: layer.kept), layer.kept, &bracket)
      }
      filled = min(bracket.filled, capacity)
    }
    return Gathered(
      keys: bracket.filled <= capacity ? keys : nil, above: Int(bracket.above),
      zeros: Int(bracket.zeros))
  }

  /// Prunes from `kept`, a mask with an element for every score, what is beyond `bar`.
  package func keep(in kept: inout [UInt8], from bar: inout Bar) throws(TensorError) {
    ck_keep_keys(try scores(for: kept), &kept, bar.threshold, &bar.equalLeft)
    withExtendedLifetime(self) {}
  }

  /// The sum of the scores beyond `bar`.
  package func sum(beyond bar: inout Bar) throws(TensorError) -> Double {
    defer { withExtendedLifetime(self) {} }
    return ck_sum_below(try scores(for: kept), kept, bar.threshold, &bar.equalLeft)
  }

  /// The scores where they lie, for a mask of their number.
  private func scores(for kept: [UInt8]?) throws(TensorError) -> ck_scores {
    guard kept == nil || kept?.count == scores.count else {
      throw .operation("\(scores.count) scores for \(kept?.count ?? 0) weights")
    }
    return try scores.ranked(lowestFirst: lowestFirst)
  }
}

extension Tensor {
  /// How many float32 or float64 elements are NaN.
  package var notANumberCount: Int {
    get throws(TensorError) {
      let elements = try inOrder()
      defer { withExtendedLifetime(elements) {} }
      return Int(ck_count_nan(try elements.ranked(lowestFirst: false)))
    }
  }

  /// The elements of a row-major tensor as scores.
  func ranked(lowestFirst: Bool) throws(TensorError) -> ck_scores {
    let type = try type
    guard type == .float32 || type == .float64 else {
      throw .operation("scores must be float32 or float64, not \(type.rawValue)")
    }
    return ck_scores(
      values: try rowMajorStart(), count: count, wide: type == .float64,
      complemented: lowestFirst)
  }
}
