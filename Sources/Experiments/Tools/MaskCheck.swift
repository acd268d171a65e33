import Foundation
import Recipes
import Tensors
import Wording

/// Whether a mask still holds in a network: after fine-tuning, merging or conversion every weight that it prunes
/// should be zero.
struct MaskCheck: Encodable {
  /// What one tensor of the mask finds.
  struct Row: Encodable {
    let tensor: String
    let size: Int
    let pruned: Int
    /// Pruned weights that are not zero.
    let returned: Int
    /// The first of them.
    let first: Place?
    /// Kept weights that are zero.
    let keptAtZero: Int
  }

  /// A weight, by its index from 0 in every dimension.
  struct Place: Encodable {
    let index: [Int]
    let value: Double

    var words: String { "\(index) = \(Format.significant(value))" }
  }

  /// Whether every pruned weight is zero.
  let holds: Bool
  /// In the order of the mask's file.
  let tensors: [Row]
  /// Tensors of the network that the mask says nothing of.
  let unmasked: [String]

  /// Checks the network in one file against the mask in another.
  ///
  /// - Parameter nanIsPruned: whether a NaN in the network stands for a weight that was pruned.
  /// - Throws: ``TensorError`` naming the file, the tensor and what is wrong: a mask that is not of 0 and 1, a tensor that
  ///   the network lacks or has in another shape.
  init(of weights: URL, against mask: URL, nanIsPruned: Bool) throws {
    let (network, masks) = (
      try Safetensors(readingFrom: weights), try Safetensors(readingFrom: mask)
    )
    tensors = try masks.tensors.map { name, kept in
      let tensor = try network.tensor(name)
      guard tensor.shape == kept.shape else {
        throw TensorError.file(
          path: weights.path,
          problem:
            "tensor '\(name.printable)' has shape \(tensor.shape), and \(kept.shape) in the mask"
            + " \(mask.path); give the mask of this network")
      }
      return try Self.row(
        name, try tensor.converted(to: .float64).elements(of: Double.self),
        try kept.converted(to: .float64).elements(of: Double.self), shape: kept.shape,
        mask: mask.path, nanIsPruned: nanIsPruned)
    }
    holds = tensors.allSatisfy { $0.returned == 0 }
    let masked = Set(masks.tensors.map(\.name))
    unmasked = network.tensors.map(\.name).filter { !masked.contains($0) }
  }

  private static func row(
    _ name: String, _ weights: [Double], _ kept: [Double], shape: [Int], mask: String,
    nanIsPruned: Bool
  ) throws -> Row {
    var (pruned, returned, keptAtZero) = (0, 0, 0)
    var first: Place?
    for (position, (weight, keep)) in zip(weights, kept).enumerated() {
      guard keep == 0 || keep == 1 else {
        throw TensorError.file(
          path: mask,
          problem:
            "tensor '\(name.printable)' has \(keep) at \(index(of: position, in: shape)), and a mask has"
            + " only 0 for pruned and 1 for kept")
      }
      let isZero = weight == 0 || nanIsPruned && weight.isNaN
      if keep == 1 {
        keptAtZero += isZero ? 1 : 0
        continue
      }
      pruned += 1
      guard !isZero else { continue }
      returned += 1
      first = first ?? Place(index: index(of: position, in: shape), value: weight)
    }
    return Row(
      tensor: name, size: weights.count, pruned: pruned, returned: returned, first: first,
      keptAtZero: keptAtZero)
  }

  static func index(of position: Int, in shape: [Int]) -> [Int] {
    var (rest, index) = (position, [Int]())
    for size in shape.reversed() {
      index.insert(rest % size, at: 0)
      rest /= size
    }
    return index
  }

  /// The answer, and a line for each tensor of the mask.
  var text: String {
    let (pruned, returned) = (
      tensors.reduce(0) { $0 + $1.pruned }, tensors.reduce(0) { $0 + $1.returned }
    )
    let first = tensors.first { $0.first != nil }
    let answer =
      if let first, let place = first.first {
        "the mask does not hold: \(Format.count(returned)) of \(Format.count(pruned, "pruned weight")) came back,"
          + " the first is \(first.tensor.printable)\(place.words)"
      } else {
        "the mask holds: \(Format.count(pruned, "pruned weight")) of \(Format.count(tensors.count, "tensor")),"
          + " all of them zero"
      }
    let header = [
      "tensor", "first that came back", "size", "pruned", "zero", "came back", "kept", "zero",
    ]
    let rows = tensors.map { row in
      [
        row.tensor.printable, row.first?.words ?? Format.missing, "\(row.size)", "\(row.pruned)",
        "\(row.pruned - row.returned)", "\(row.returned)", "\(row.size - row.pruned)",
        "\(row.keptAtZero)",
      ]
    }
    let rest =
      unmasked.isEmpty
      ? [] : ["without a mask: \(Format.list(unmasked.map(\.printable), limit: 8))"]
    return ([answer, TextTable.text([header] + rows, names: 2)] + rest).joined(separator: "\n")
  }
}
