import Networks
import Recipes
import Tensors
import Testing
import Training

@Suite struct ChangeWeightsTests {
  private let network = Network(
    .lenet(hidden: [2]), input: ExampleShape(channels: 1, height: 1, width: 3), classes: 2)

  /// Weights `[2, 3]` and `[2, 2]`, and their biases.
  private func weights(_ hidden: [Float], _ output: [Float], bias: Float) throws -> Weights {
    Weights(
      specifications: network.tensors,
      tensors: try network.tensors.map { tensor in
        switch tensor.name {
        case "fc_layers.0.weight": try Tensor(hidden, shape: tensor.shape)
        case "fc.weight": try Tensor(output, shape: tensor.shape)
        default: try Tensor([bias, bias], shape: tensor.shape)
        }
      })
  }

  private func mask(_ hidden: [UInt8]) -> Mask {
    Mask(layers: [
      .init(name: "fc_layers.0.weight", shape: [2, 3], kept: hidden),
      .init(name: "fc.weight", shape: [2, 2], kept: [1, 1, 1, 1]),
    ])
  }

  @Test func signsAndDistanceOverKeptWeights() throws {
    let first = try weights([1, -2, 3, -4, 0, 1e-30], [1, 1, 1, 1], bias: 1)
    // One flips, one is pruned and flips, one starts at zero, one is tiny and flips; biases do not count.
    let last = try weights([-1, -2, -3, -4, 5, -1e-30], [1, 1, 1, 1], bias: -9)
    let change = try StateResult.Change(
      from: first, to: last, under: mask([1, 1, 0, 1, 1, 1]))
    #expect(change.signChanges == 2)
    #expect(change.kept == 9)
    #expect(abs(change.distance - 29.0.squareRoot()) < 1e-12)
    let all = Mask(keepingAllOf: network)
    #expect(try StateResult.Change(from: first, to: last, under: all).signChanges == 3)
    #expect(
      try StateResult.Change(from: first, to: first, under: all)
        == .init(signChanges: 0, kept: 10, distance: 0))
  }
}
