import Recipes
package import Tensors

/// The paths of weights that are not zero which lead from the input of a network to its outputs.
///
/// A weight lies on a path where a path reaches its input and one leads on from its output: the *effective* ones
/// of Vysogorets & Kempe (JMLR 2023, section 3). Which units are reached is 0 or 1 after every layer, both ways, so
/// that no depth overflows or underflows. Biases feed nothing; batch norm, ReLU and pooling let everything through.
package struct NetworkPaths {
  /// Outputs that a path leads to.
  package let outputs: Int
  /// Of each prunable tensor, in state-dict order, how many weights lie on a path.
  package let weights: [Int]

  /// The paths of `network` through `kept`, which holds 0 or 1 (float32) for every weight of its tensors, and
  /// anything for the others.
  package init(of network: Network, through kept: [Tensor]) throws {
    precondition(
      kept.count == network.tensors.count,
      "\(network.specification) has \(network.tensors.count) tensors, not \(kept.count)")
    let input = network.input
    let ones = try Tensor(repeating: 1, shape: [1, input.channels, input.height, input.width])
    let walk = Walk(kept)
    let (reached, back) = try walk.forward(network.architecture.layers, ones)
    _ = try back(reached)
    outputs = try reached.elements(of: Float.self).count { $0 > 0 }
    weights = network.prunableIndices.map { walk.counts[$0] ?? 0 }
  }
}

/// A walk through layers and back, one layer's graph at a time.
private final class Walk {
  /// What is reached by way of the output of some layers, from what is wanted of it.
  typealias Back = (Tensor) throws -> Tensor

  private let kept: [Tensor]
  /// Weights on a path by the position of their tensor.
  private(set) var counts: [Int: Int] = [:]

  init(_ kept: [Tensor]) { self.kept = kept }

  func forward(_ layers: [Layer], _ x: Tensor) throws -> (Tensor, Back) {
    var x = x
    var backs: [Back] = []
    for layer in layers {
      let (y, back) = try forward(layer, x)
      x = y
      backs.append(back)
    }
    return (x, { wanted in try backs.reversed().reduce(wanted) { try $1($0) } })
  }

  private func forward(_ layer: Layer, _ x: Tensor) throws -> (Tensor, Back) {
    switch layer {
    case .convolution(let weight, _, let stride, let padding, _):
      try weighted(weight, x) {
        try $0.convolution(weight: $1, bias: nil, stride: stride, padding: padding)
      }
    case .linear(let weight, _): try weighted(weight, x) { try $0.linear(weight: $1, bias: nil) }
    case .batchNorm, .relu: (x, { $0 })
    case .maxPool(let kernel, let stride, let padding):
      try pooled(x, kernel: kernel, stride: stride, padding: padding)
    case .averagePool(let kernel, let stride):
      try pooled(x, kernel: kernel, stride: stride, padding: 0)
    case .globalAveragePool: try spread(x) { try $0.globalAveragePool() }
    case .flatten: try spread(x) { try $0.reshaped([1, -1]) }
    case .residual(let body, let shortcut):
      try joined(try forward(body, x), try forward(shortcut, x))
    }
  }

  /// Through a product with a weight, of which the part that lies on paths is counted on the way back.
  private func weighted(
    _ position: Int, _ x: Tensor, _ product: (Tensor, Tensor) throws -> Tensor
  ) throws -> (Tensor, Back) {
    let (input, weight) = (try x.variable(), try kept[position].variable())
    let y = try product(input, weight)
    return (
      try y.detached().sign(),
      { [kept] wanted in
        let slopes = try Tensor.vectorJacobianProducts([wanted], of: [y], inputs: [input, weight])
        self.counts[position] = try slopes[1].withElements(of: Float.self) { slopes in
          try kept[position].withElements(of: Float.self) { kept in
            zip(slopes, kept).count { $0 > 0 && $1 > 0 }
          }
        }
        return try slopes[0].sign()
      }
    )
  }

  /// Through windows of every channel: sums, since a gradient of a maximum reaches one place alone.
  private func pooled(_ x: Tensor, kernel: Int, stride: Int, padding: Int) throws -> (Tensor, Back)
  {
    let window = try Tensor(repeating: 1, shape: [1, 1, kernel, kernel])
    return try spread(x) { x in
      let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
      let y = try x.reshaped([channels, 1, height, width])
        .convolution(weight: window, bias: nil, stride: stride, padding: padding)
      return try y.reshaped([1, channels, y.shape[2], y.shape[3]])
    }
  }

  /// Through an operation without weights.
  private func spread(_ x: Tensor, _ operation: (Tensor) throws -> Tensor) throws -> (
    Tensor, Back
  ) {
    let input = try x.variable()
    let y = try operation(input)
    return (
      try y.detached().sign(),
      { try Tensor.vectorJacobianProducts([$0], of: [y], inputs: [input])[0].sign() }
    )
  }

  /// The sum of two branches of one input.
  private func joined(_ body: (Tensor, Back), _ shortcut: (Tensor, Back)) throws -> (Tensor, Back) {
    (
      try (body.0 + shortcut.0).sign(),
      { try (body.1($0) + shortcut.1($0)).sign() }
    )
  }
}
