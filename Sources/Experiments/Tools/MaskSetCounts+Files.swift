import Foundation
import Recipes
import Tensors
import Wording

extension MaskSetCounts {
  /// Counts what masks keep, and what every two share, of the tensors that all of them have.
  ///
  /// - Throws: ``TensorError`` naming the file for a tensor in another shape than in the first, or where no tensor is in
  ///   all files.
  init(_ request: MaskSetRequest) throws {
    let masks = try request.paths.map {
      try PackedMask(
        readingFrom: $0, request.reading, nanIsPruned: request.nanIsPruned)
    }
    let first = masks[0]
    let common = first.names.filter { name in masks.allSatisfy { $0.layers[name] != nil } }
    let tensors = common.map { Tensor(name: $0, shape: first.layers[$0]!.shape) }
    for mask in masks {
      for tensor in tensors where mask.layers[tensor.name]!.shape != tensor.shape {
        throw TensorError.file(
          path: mask.path,
          problem:
            "tensor '\(tensor.name.printable)' has shape \(mask.layers[tensor.name]!.shape), and \(tensor.shape) in"
            + " \(first.path); give masks of one network")
      }
    }
    guard !tensors.isEmpty else { throw Self.nothingShared(masks) }
    var all: [String] = []
    var known: Set<String> = []
    for name in masks.flatMap(\.names) where known.insert(name).inserted { all.append(name) }
    let layers = masks.map { mask in common.map { mask.layers[$0]! } }
    let files = zip(masks, layers).map { mask, layers in
      File(
        path: mask.path, kept: layers.map(\.kept),
        lacks: all.filter { mask.layers[$0] == nil })
    }
    let pairs = masks.indices.flatMap { first in
      masks.indices.dropFirst(first + 1).map { second in
        Pair(
          first: first, second: second,
          both: zip(layers[first], layers[second]).map { $0.shared(with: $1) },
          difference: Self.difference(tensors, layers[first], layers[second]))
      }
    }
    self.init(tensors: tensors, files: files, pairs: pairs)
  }

  private static func difference(
    _ tensors: [Tensor], _ first: [PackedMask.Layer], _ second: [PackedMask.Layer]
  ) -> Difference? {
    for (tensor, (one, other)) in zip(tensors, zip(first, second)) {
      if let found = one.firstDifference(from: other) {
        return Difference(
          tensor: tensor.name, index: MaskCheck.index(of: found.position, in: tensor.shape),
          isInFirst: found.isMine)
      }
    }
    return nil
  }

  private static func nothingShared(_ masks: [PackedMask]) -> TensorError {
    let empty = masks.first { $0.names.isEmpty }
    let other = masks.first { mask in !masks[0].names.contains { mask.layers[$0] != nil } }
    return .file(
      path: (empty ?? other ?? masks[0]).path,
      problem: empty != nil
        ? "it has no tensor that a mask could be of"
        : "there is no tensor that all files have; give masks of one network")
  }
}
