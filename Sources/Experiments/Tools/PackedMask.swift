import Foundation
import Recipes
import Tensors
import Wording

/// A mask of a file of the user's with one bit for every weight: sixty masks of a million weights fit beside each other.
struct PackedMask {
  /// The part of one tensor.
  struct Layer {
    let shape: [Int]
    /// 64 weights each, the first in the lowest bit; what lies beyond the last weight is 0.
    let words: [UInt64]
    /// Weights kept.
    let kept: Int
  }

  /// Where it was read.
  let path: String
  /// Names in the file's order.
  let names: [String]
  /// Parts by the names of their tensors.
  let layers: [String: Layer]

  /// Reads a mask.
  ///
  /// - Throws: ``TensorError`` naming file, tensor and place of what is neither 0 nor 1 in a mask, or NaN in weights
  ///   without `nanIsPruned`.
  init(readingFrom path: String, _ reading: MaskSetRequest.Reading, nanIsPruned: Bool) throws {
    self.path = path
    var (names, layers) = ([String](), [String: Layer]())
    for (name, tensor) in try Safetensors(readingFrom: URL(fileURLWithPath: path)).tensors
    where reading == .masks || tensor.shape.count > 1 {
      names.append(name)
      let words = try Self.words(of: tensor) { position, value in
        switch reading {
        case .masks:
          guard value == 0 || value == 1 else {
            throw Self.fault(
              path, name, tensor.shape, position, value,
              "a mask has only 0 and 1; with --nonzero what is not zero counts as kept")
          }
          return value == 1
        case .weights:
          guard !value.isNaN || nanIsPruned else {
            throw Self.fault(
              path, name, tensor.shape, position, value,
              "it is neither kept nor pruned; with --nan-is-pruned it stands for a pruned weight")
          }
          return value != 0 && !value.isNaN
        }
      }
      layers[name] = Layer(
        shape: tensor.shape, words: words, kept: words.reduce(0) { $0 + $1.nonzeroBitCount })
    }
    (self.names, self.layers) = (names, layers)
  }

  private static func fault(
    _ path: String, _ tensor: String, _ shape: [Int], _ position: Int, _ value: Double,
    _ advice: String
  ) -> TensorError {
    .file(
      path: path,
      problem:
        "tensor '\(tensor.printable)' has \(value) at \(MaskCheck.index(of: position, in: shape)), and \(advice)"
    )
  }

  /// The bits of a tensor's elements, each as `isKept` says of its place and value.
  private static func words(
    of tensor: Tensor, isKept: (Int, Double) throws -> Bool
  ) throws -> [UInt64] {
    let type = try tensor.type
    // The usual types of masks, as they lie in memory.
    if type == .bool || type == .uint8 {
      return try tensor.inOrder().withBytes { bytes in
        if let wrong = bytes.firstIndex(where: { $0 > 1 }) {
          _ = try isKept(wrong, Double(bytes[wrong]))
        }
        return packed(bytes.count) { bytes[$0] != 0 }
      }
    }
    let values = try tensor.converted(to: .float64).elements(of: Double.self)
    return try values.withUnsafeBufferPointer { values in
      try packed(values.count) { try isKept($0, values[$0]) }
    }
  }

  private static func packed(_ count: Int, _ bit: (Int) throws -> Bool) rethrows -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    for word in words.indices {
      var bits: UInt64 = 0
      for place in 0..<min(64, count - 64 * word) where try bit(64 * word + place) {
        bits |= 1 << UInt64(place)
      }
      words[word] = bits
    }
    return words
  }
}

extension PackedMask.Layer {
  /// Weights that both keep.
  func shared(with other: Self) -> Int {
    words.withUnsafeBufferPointer { mine in
      other.words.withUnsafeBufferPointer { theirs in
        var count = 0
        for word in 0..<min(mine.count, theirs.count) {
          count += (mine[word] & theirs[word]).nonzeroBitCount
        }
        return count
      }
    }
  }

  /// The first place that one of both keeps alone, and whether it is this one.
  func firstDifference(from other: Self) -> (position: Int, isMine: Bool)? {
    guard let word = words.indices.first(where: { words[$0] != other.words[$0] }) else {
      return nil
    }
    let bit = (words[word] ^ other.words[word]).trailingZeroBitCount
    return (64 * word + bit, words[word] >> UInt64(bit) & 1 == 1)
  }
}
