package import Foundation
package import Networks
import Recipes
package import Tensors

/// A score for every prunable weight; *higher is kept*. Never NaN.
package struct Scores {
  /// One prunable tensor's scores.
  package struct Layer {
    /// Name of the weight tensor.
    package let name: String
    /// `F32` or `F64`, of the tensor's shape.
    package let scores: Tensor

    /// A layer's scores.
    package init(name: String, scores: Tensor) {
      self.name = name
      self.scores = scores
    }
  }

  /// Scores in state-dict order, one for every prunable tensor.
  package let layers: [Layer]

  /// Scores from their parts.
  ///
  /// - Parameters:
  ///   - layers: one per prunable tensor, in any order.
  ///   - network: the names and shapes that they must have; `nil` takes them as they are.
  ///   - source: who computed them, for messages.
  package init(_ layers: [Layer], for network: Network?, source: String) throws {
    for layer in layers {
      try Self.refuseNotANumber(layer.scores, name: layer.name, source: source)
    }
    guard let network else {
      self.layers = layers
      return
    }
    let expected = network.prunable
    let missing = expected.map(\.name).filter { name in !layers.contains { $0.name == name } }
    let foreign = layers.map(\.name).filter { name in !expected.contains { $0.name == name } }
    guard missing.isEmpty, foreign.isEmpty else {
      throw PruningError.names(source: source, missing: missing, foreign: foreign)
    }
    self.layers = try expected.map { specification in
      let layer = layers.first { $0.name == specification.name }!
      guard layer.scores.shape == specification.shape else {
        throw PruningError.shape(
          source: source, tensor: layer.name, found: layer.scores.shape,
          expected: specification.shape)
      }
      return layer
    }
  }

  /// Reads scores from a safetensors file.
  package init(readingFrom file: URL, for network: Network?) throws {
    let contents = try Safetensors(readingFrom: file)
    let layers = try zip(contents.tensors, contents.types).map { stored, type in
      switch type {
      case .float32, .float64: Layer(name: stored.name, scores: stored.tensor)
      case .float16, .bfloat16:
        Layer(name: stored.name, scores: try stored.tensor.converted(to: .float32))
      default:
        throw NetworkError.type(
          path: file.path, tensor: stored.name, found: type.rawValue,
          expected: "F64, F32, F16 or BF16")
      }
    }
    try self.init(layers, for: network, source: file.path)
  }

  /// Throws where a tensor's scores cannot be ranked.
  static func refuseNotANumber(_ scores: Tensor, name: String, source: String) throws {
    let wrong = try scores.notANumberCount
    guard wrong == 0 else {
      throw PruningError.notANumber(source: source, tensor: name, count: wrong)
    }
  }

  /// Throws where a score that was computed here lies beyond the range of its type: weights that share an
  /// infinite score would be ranked by their position.
  static func refuseInfinity(_ scores: Tensor, name: String) throws {
    guard try scores.isFinite() || scores.notANumberCount > 0 else {
      throw PruningError.overflow(tensor: name)
    }
  }

  /// Writes one tensor per layer.
  package func write(to file: URL) throws {
    try Safetensors.write(layers.map { ($0.name, $0.scores) }, to: file)
  }
}
