package import Foundation
package import Networks
import Recipes
import Tensors

/// Weights from files of the user's that are to be joined by paths.
package enum Endpoints {
  /// Reads the weights in `files`, which must have equal tensors and, unless told otherwise, be pruned
  /// alike.
  ///
  /// - Parameters:
  ///   - mask: the mask that all were trained under; what it prunes must be zero.
  ///   - allowsOtherMasks: without a mask, whether weights may be pruned in different places. A tensor
  ///     counts as pruned from one exact zero in a hundred weights on.
  ///   - names: how names of the files become the network's; nil for files that have them.
  /// - Throws: ``ConnectivityError`` naming the tensor and the files; what reading weights throws.
  package static func read(
    _ files: [URL], for network: Network, mask: URL? = nil, allowsOtherMasks: Bool = false,
    names: FileNames? = nil
  ) throws -> [Weights] {
    let contents = try files.map { file in
      let found = try Safetensors(readingFrom: file)
      return try names?.matched(found, to: network.tensors) ?? found
    }
    for other in contents.dropFirst() { try compare(contents[0], other) }
    let quiet = names?.quiet
    let weights = try files.map { try Weights(readingFrom: $0, for: network, names: quiet) }
    if let mask {
      let layers = try Mask(readingFrom: mask, for: network, names: quiet).layers
      for (file, weights) in zip(files, weights) {
        try check(weights, under: layers, file: file.path, mask: mask.path)
      }
    } else if !allowsOtherMasks {
      for index in weights.indices.dropFirst() {
        try comparePruned(
          weights[0], weights[index], first: files[0].path, second: files[index].path)
      }
    }
    return weights
  }

  private static func compare(_ first: Safetensors, _ second: Safetensors) throws {
    for (one, other) in [(first, second), (second, first)] {
      for (name, tensor) in one.tensors where !name.hasSuffix(".num_batches_tracked") {
        guard let found = other.tensors.first(where: { $0.name == name })?.tensor else {
          throw ConnectivityError.missing(tensor: name, present: one.path, absent: other.path)
        }
        guard found.shape == tensor.shape else {
          throw ConnectivityError.shapes(
            tensor: name, first: one.path, tensor.shape, second: other.path, found.shape)
        }
      }
    }
  }

  private static func check(
    _ weights: Weights, under layers: [Mask.Layer], file: String, mask: String
  ) throws {
    for layer in layers {
      guard let index = weights.specifications.firstIndex(where: { $0.name == layer.name }) else {
        continue
      }
      let moved = try weights.tensors[index].withElements(of: Float.self) { values in
        zip(values, layer.kept).count { $0 != 0 && $1 == 0 }
      }
      if moved > 0 {
        throw ConnectivityError.outsideMask(
          tensor: layer.name, path: file, count: moved, mask: mask)
      }
    }
  }

  private static func comparePruned(
    _ one: Weights, _ other: Weights, first: String, second: String
  ) throws {
    for (index, specification) in one.specifications.enumerated() where specification.isPrunable {
      let (mine, theirs) = (
        try one.tensors[index].elements(of: Float.self).map { $0 == 0 },
        try other.tensors[index].elements(of: Float.self).map { $0 == 0 }
      )
      let (zeros, others) = (mine.count { $0 }, theirs.count { $0 })
      let differing = zip(mine, theirs).count { $0 != $1 }
      if differing > 0, 100 * max(zeros, others) >= mine.count {
        throw ConnectivityError.masks(
          tensor: specification.name, first: first, pruned: zeros, second: second, others,
          differing: differing)
      }
    }
  }
}
