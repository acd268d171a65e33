package import Foundation
package import Recipes
import Tensors

/// Which weights of every prunable tensor are kept.
package struct Mask: Hashable, Sendable {
  /// One prunable tensor's part.
  package struct Layer: Hashable, Sendable {
    /// Name of the weight tensor.
    package let name: String
    /// Its shape.
    package let shape: [Int]
    /// 1 where the weight is kept, 0 where it is pruned; row-major.
    package let kept: [UInt8]

    /// A layer's mask; traps on sizes that differ and on values other than 0 and 1.
    package init(name: String, shape: [Int], kept: [UInt8]) {
      precondition(
        kept.count == shape.reduce(1, *), "mask '\(name)': \(kept.count) entries for \(shape)")
      // One pass for both, in sums of bytes: masks have as many entries as the network weights.
      var (bits, count) = (UInt8(0), 0)
      kept.withUnsafeBufferPointer { kept in
        for start in stride(from: 0, to: kept.count, by: 240) {
          var sum = UInt8(0)
          for index in start..<min(start + 240, kept.count) {
            bits |= kept[index]
            sum &+= kept[index]
          }
          count += Int(sum)
        }
      }
      precondition(bits <= 1, "mask '\(name)' holds values other than 0 and 1")
      self.name = name
      self.shape = shape
      self.kept = kept
      keptCount = count
    }

    /// Weights kept.
    package let keptCount: Int
    /// Sizes and counts.
    package var count: LayerCount { LayerCount(name: name, size: kept.count, kept: keptCount) }
  }

  /// Parts in state-dict order, one for every prunable tensor of the network.
  package let layers: [Layer]

  /// A mask from its parts.
  package init(layers: [Layer]) { self.layers = layers }

  /// Every weight of `network` kept.
  package init(keepingAllOf network: Network) {
    self.init(
      layers: network.prunable.map {
        Layer(name: $0.name, shape: $0.shape, kept: [UInt8](repeating: 1, count: $0.count))
      })
  }

  /// Reads a mask of `network`: one tensor per prunable tensor, of bools or of zeros and ones.
  ///
  /// - Parameters:
  ///   - file: a safetensors file.
  ///   - network: the names and shapes that it must have.
  ///   - names: how names of the file become the network's; nil for a file that has them.
  /// - Throws: an error naming file and tensor for missing and foreign names, shapes that differ, and
  ///   values that are neither 0 nor 1.
  package init(readingFrom file: URL, for network: Network, names: FileNames? = nil) throws {
    let prunable = network.prunable
    let found = try Safetensors(readingFrom: file)
    let contents = try names?.matched(found, to: prunable, as: .masks) ?? found
    for (name, _) in contents.tensors where !prunable.contains(where: { $0.name == name }) {
      throw NetworkError.foreign(
        path: file.path, tensor: name, network: "the mask of \(network.specification)",
        known: prunable.map(\.name))
    }
    layers = try prunable.map { specification in
      let tensor = try contents.tensor(specification.name)
      guard tensor.shape == specification.shape else {
        throw NetworkError.shape(
          path: file.path, tensor: specification.name, found: tensor.shape,
          expected: specification.shape, network: network.specification.description)
      }
      return Layer(
        name: specification.name, shape: specification.shape,
        kept: try Self.bytes(of: tensor, name: specification.name, path: file.path))
    }
  }

  /// Writes one `BOOL` tensor per layer.
  package func write(to file: URL) throws {
    try Safetensors.write(
      try layers.map { layer in
        (layer.name, try Tensor(layer.kept.map { $0 == 1 }, shape: layer.shape))
      }, to: file)
  }

  /// Weights kept.
  package var keptCount: Int { layers.reduce(0) { $0 + $1.keptCount } }

  /// Whether every weight kept here is kept by `other` too.
  package func isNested(in other: Mask) -> Bool {
    layers.count == other.layers.count
      && zip(layers, other.layers).allSatisfy { mine, theirs in
        mine.name == theirs.name && zip(mine.kept, theirs.kept).allSatisfy { $0 <= $1 }
      }
  }

  private static func bytes(of tensor: Tensor, name: String, path: String) throws -> [UInt8] {
    let values = try tensor.converted(to: .float64).elements(of: Double.self)
    if let wrong = values.firstIndex(where: { $0 != 0 && $0 != 1 }) {
      throw NetworkError.value(
        path: path, tensor: name,
        problem: "is no mask: element \(wrong) is \(values[wrong]), neither 0 nor 1")
    }
    return values.map { $0 == 1 ? 1 : 0 }
  }
}
