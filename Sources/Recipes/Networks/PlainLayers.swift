/// One layer with weights of a network without branches.
package struct PlainLayer: Hashable, Sendable {
  /// Name without `.weight`.
  package let name: String
  /// Positions of weight and bias among the architecture's tensors.
  package let weight: Int, bias: Int?
  /// Output units: rows, or channels.
  package let units: Int
  /// Units of the layer before that it reads, each through as many consecutive inputs as the others; 1
  /// for the first layer, whose inputs are one.
  package let inputs: Int
}

/// Why half of a network's hidden units cannot be dropped layer by layer.
package enum PlainNetworkError: Error, Hashable, Sendable {
  /// Batch norm, by the name of its first tensor.
  case batchNorm(String)
  /// A layer that is neither linear nor homogeneous, or a convolution of groups.
  case foreign(layer: String)
  /// A residual, by the name of its first weight; `nil` where it has none.
  case residual(String?)
  /// The logits are no linear function of the last layer's weights.
  case nonlinearOutput(layer: String)
  /// A layer with a single unit, which has no half.
  case narrow(layer: String)
}

extension PlainNetworkError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    let scope = "dropout stability is defined for plain ReLU networks (Kuditipudi et al., 2019)"
    let remedy = "use lenet-…, lenet-5, conv-2|4|6, vgg…-imagenet, or layers of your own without it"
    return switch self {
    case .batchNorm(let name): "\(scope) and `\(name)` is batch norm; \(remedy)"
    case .foreign(let layer):
      "\(scope) and \(layer) is none of their layers; \(remedy)"
    case .residual(let name):
      "\(scope) and \(name.map { "the block of `\($0)`" } ?? "a block") has a shortcut; \(remedy)"
    case .nonlinearOutput(let layer):
      "\(scope) whose loss is convex in the last layer, and after `\(layer)` comes a ReLU or a max"
        + " pool; end with the layer itself, flatten or an average pool"
    case .narrow(let layer):
      "`\(layer)` has one unit, of which no half can be dropped; give it at least two"
    }
  }
}

extension Architecture {
  /// The layers with weights, from input to logits.
  ///
  /// - Throws: what makes half of the hidden units of this network no network of its own.
  package func plainLayers() throws(PlainNetworkError) -> [PlainLayer] {
    var plain: [PlainLayer] = []
    var bent = false
    for layer in layers {
      if !layer.branches.isEmpty { throw .residual(Self.firstTensor(of: layer, tensors)) }
      switch (layer.kind.units, layer.kind.response) {
      case (_, .normalized): throw .batchNorm(Self.firstTensor(of: layer, tensors) ?? layer.name)
      case (_, .curved): throw .foreign(layer: layer.plan.label)
      case (.mixed, _) where layer.plan.groups > 1:
        throw .foreign(layer: "\(layer.plan.label) in groups")
      case (.mixed, _):
        let weight = layer.position(of: "weight")
        plain.append(
          PlainLayer(
            name: layer.name, weight: weight, bias: layer.tensors["bias"],
            units: tensors[weight].shape[0], inputs: plain.last?.units ?? 1))
        bent = false
      case (_, .bent): bent = true
      case (_, .linear): break
      }
    }
    if bent, let last = plain.last { throw .nonlinearOutput(layer: last.name) }
    if let narrow = plain.dropLast().first(where: { $0.units < 2 }) {
      throw .narrow(layer: narrow.name)
    }
    return plain
  }

  /// The name of the first tensor of a layer, or else of the first layer that has one in its first branch.
  private static func firstTensor(of layer: Layer, _ tensors: [TensorSpecification]) -> String? {
    layer.tensors.values.min().map { tensors[$0].name }
      ?? layer.branches.first?.lazy.compactMap { firstTensor(of: $0, tensors) }.first
  }
}
