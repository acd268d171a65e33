import Networks
import Recipes
import Tensors
import Testing

@testable import Connectivity

@Suite struct UnitHalvesTests {
  /// Two inputs, five hidden units, two classes.
  private func weights(_ network: Network) throws -> Weights {
    Weights(
      specifications: network.tensors,
      tensors: [
        try Tensor([1, 0, 3, 4, 1, 1, 0, 2, 5, 0] as [Float], shape: [5, 2]),
        try Tensor([1, 2, 3, 4, 5] as [Float], shape: [5]),
        try Tensor([1, 1, 1, 6, 0, 0, 0, 2, 0, 0] as [Float], shape: [2, 5]),
        try Tensor([1, -1] as [Float], shape: [2]),
      ])
  }

  private let network = Network(
    .lenet(hidden: [5]), input: ExampleShape(channels: 1, height: 1, width: 2), classes: 2)

  @Test("of an odd number the smaller half is kept, by the norms' product")
  func largest() throws {
    let layers = try network.architecture.plainLayers()
    let halves = try UnitHalves(largestOf: weights(network), layers)
    // Products of squared norms: 1·1, 25·1, 2·5, 4·36, 25·0.
    #expect(halves.kept == [[1, 3]])
  }

  @Test("what is kept is rescaled by n over ⌊n/2⌋ where it is read; biases are not")
  func reading() throws {
    let layers = try network.architecture.plainLayers()
    let dropped = try weights(network).reading([1, 3], by: layers[1])
    #expect(
      try dropped.tensors.map { try $0.elements(of: Float.self) } == [
        [1, 0, 3, 4, 1, 1, 0, 2, 5, 0], [1, 2, 3, 4, 5], [0, 2.5, 0, 15, 0, 0, 0, 0, 0, 0],
        [1, -1],
      ])
    let whole = try weights(network)
    #expect(try whole.tensors[2].elements(of: Float.self).count { $0 != 0 } == 5)
  }

  @Test("a channel is read through all positions of it")
  func channels() throws {
    let network = Network(
      .custom([
        .convolution(name: "a", outputs: 2, kernel: 1), .relu, .flatten,
        .linear(name: "fc", outputs: nil, bias: false),
      ]), input: ExampleShape(channels: 1, height: 1, width: 3), classes: 2)
    let layers = try network.architecture.plainLayers()
    let weights = Weights(
      specifications: network.tensors,
      tensors: [
        try Tensor([1, 1] as [Float], shape: [2, 1, 1, 1]),
        try Tensor((1...12).map { Float($0) }, shape: [2, 6]),
      ])
    let dropped = try weights.reading([1], by: layers[1])
    #expect(
      try dropped.tensors[1].elements(of: Float.self) == [
        0, 0, 0, 8, 10, 12, 0, 0, 0, 20, 22, 24,
      ])
  }
}
