import Networks
import Randomness
import Recipes
import Tensors

/// Architectures of every kind of flow, small enough to be matched in a test.
let relabelled: [NetworkSpecification] = [
  .lenet(hidden: [30, 20]), .lenet5,
  .resnet(depth: 14, width: 4), .wideResnet(depth: 10, factor: 1),
  .custom([
    .convolution(name: "a", outputs: 8, kernel: 3, bias: true), .batchNorm(name: "n"), .relu,
    .maxPool(kernel: 2, stride: 2), .flatten, .linear(name: "b", outputs: 20), .relu,
    .linear(name: "fc", outputs: nil),
  ]),
  .custom([
    .convolution(name: "a", outputs: 6, kernel: 3, padding: 1, bias: true), .relu,
    .residual(body: [.convolution(name: "b", outputs: 6, kernel: 1)], shortcut: []), .relu,
    .averagePool(kernel: 2, stride: 2), .flatten,
    .residual(body: [.linear(name: "c", outputs: 384), .relu], shortcut: []),
    .linear(name: "fc", outputs: nil),
  ]),
  .custom([
    .convolution(name: "a", outputs: 6, kernel: 3, stride: 2, padding: 1),
    .convolution(name: "d", outputs: 12, kernel: 3, padding: 1, bias: true, groups: 6), .silu,
    .layerNorm(name: "n"), .convolution(name: "b", outputs: 8, kernel: 1),
    .groupNorm(name: "g", groups: 1), .gelu, .dropout(rate: 0.5),
    .convolution(name: "c", outputs: 8, kernel: 1), .groupNorm(name: "h", groups: 4), .tanh,
    .flatten, .linear(name: "fc", outputs: nil),
  ]),
]

/// `specification` on three channels of 16×16 and five classes.
func imageNetwork(_ specification: NetworkSpecification) -> Network {
  Network(
    specification, input: ExampleShape(channels: 3, height: 16, width: 16), classes: 5)
}

extension Network {
  /// Weights whose batch norm is not at its start.
  func livelyWeights(seed: UInt64) throws -> Weights {
    let drawn = try weights(seed: seed)
    return Weights(
      specifications: tensors,
      tensors: try zip(tensors, drawn.tensors).map { specification, tensor in
        var stream = RandomStream(StreamPath(seed: seed) / "norms" / specification.name)
        let noise = try Tensor(
          (0..<specification.count).map { _ in Float(stream.uniform()) }, shape: specification.shape
        )
        return switch specification.role {
        case .weight, .bias: tensor
        case .scale, .gain, .runningVariance: try noise + Tensor(repeating: 0.5, shape: noise.shape)
        case .shift, .runningMean: try noise * 0.2
        case .parameter, .buffer: tensor
        }
      })
  }

  /// A permutation of every group.
  func relabelling(seed: UInt64) -> [[Int]] {
    var stream = RandomStream(StreamPath(seed: seed) / "relabelling")
    return PermutationSymmetry(architecture).groups.map { stream.permutation(of: $0.size) }
  }

  /// Logits of a few made-up examples.
  func logits(_ weights: Weights) throws -> [Float] {
    var stream = RandomStream(StreamPath(seed: 9) / "inputs")
    let inputs = try Tensor(
      (0..<3 * input.count).map { _ in Float(stream.uniform()) - 0.5 },
      shape: [3, input.channels, input.height, input.width])
    return try Engine.withoutRecording {
      try logits(weights.tensors, inputs, mode: .eval).elements(of: Float.self)
    }
  }
}

/// ‖a − b‖ / ‖b‖.
func relativeDistance(_ a: [Float], _ b: [Float]) -> Double {
  func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
  return norm(zip(a, b).map { Double($0) - Double($1) }) / norm(b.map(Double.init))
}
