import Networks
import Recipes
import Tensors
import Training

/// The first layer of a fully connected network at many linear combinations of a few networks: its outputs
/// are the same combinations of theirs, `Σ cᵢ (x·Wᵢᵀ + bᵢ)`.
struct SharedFirstLayer {
  private let basis: [Weights]
  private let coefficients: [[Double]]
  private let first: (weight: Int, bias: Int?)
  private let rest: [Layer]

  /// `nil` for networks that do not begin with a linear layer, or that compute in another precision or as
  /// a program.
  init?(_ network: Network, _ precision: Precision, basis: [Weights], coefficients: [[Double]]) {
    let layers = network.architecture.layers
    guard !network.runsAsProgram(in: precision), layers.first?.kind == .flatten,
      let linear = layers.dropFirst().first, linear.kind == .linear,
      layers.dropFirst(2).allSatisfy({ $0.kind == .linear || $0.kind == .relu })
    else { return nil }
    self.basis = basis
    self.coefficients = coefficients
    first = (linear.position(of: "weight"), linear.tensors["bias"])
    rest = Array(layers.dropFirst(2))
  }

  /// The first layer's outputs `[N, units]` of `inputs` for every network of the basis.
  func outputs(_ inputs: Tensor) throws -> [Tensor] {
    let flat = try inputs.reshaped([inputs.shape[0], -1])
    return try basis.map { weights in
      try flat.linear(
        weight: weights.tensors[first.weight], bias: first.bias.map { weights.tensors[$0] })
    }
  }

  /// Logits `[N, classes]` of a point, whose layers after the first are those of `weights`.
  func logits(of point: Int, _ weights: Weights, _ outputs: [Tensor]) throws -> Tensor {
    let terms = zip(coefficients[point], outputs).filter { $0.0 != 0 }
    var x: Tensor
    if terms.count == 1, terms[0].0 == 1 {
      x = terms[0].1
    } else {
      x = try terms[0].1 * terms[0].0
      for (coefficient, output) in terms.dropFirst() { x = try x + output * coefficient }
    }
    for layer in rest {
      x =
        layer.kind == .linear
        ? try x.linear(
          weight: weights.tensors[layer.position(of: "weight")],
          bias: layer.tensors["bias"].map { weights.tensors[$0] }) : try x.relu()
    }
    return x
  }
}
