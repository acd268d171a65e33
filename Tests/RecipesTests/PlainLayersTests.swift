import Recipes
import Testing

@Suite("PlainLayers")
struct PlainLayersTests {
  private func layers(
    _ network: NetworkSpecification, side: Int = 16
  ) throws -> [PlainLayer] {
    try network.architecture(
      input: ExampleShape(channels: 3, height: side, width: side), classes: 5
    ).plainLayers()
  }

  @Test("layers with weights, and how many units each reads")
  func plain() throws {
    let lenet = try layers(.lenet(hidden: [7, 4]))
    #expect(lenet.map(\.name) == ["fc_layers.0", "fc_layers.1", "fc"])
    #expect(lenet.map(\.units) == [7, 4, 5])
    #expect(lenet.map(\.inputs) == [1, 7, 4])
    #expect(lenet[1].weight == 2 && lenet[1].bias == 3)
    let conv = try layers(.conv(depth: 2))
    #expect(conv.map(\.units) == [64, 64, 256, 256, 5])
    #expect(conv.map(\.inputs) == [1, 64, 64, 256, 256])
    #expect(try layers(.custom([.flatten, .linear(name: "fc", outputs: nil)])).count == 1)
    let pooled = try layers(
      .custom([
        .convolution(name: "a", outputs: 4, kernel: 3), .relu,
        .convolution(name: "b", outputs: 5, kernel: 3), .globalAveragePool,
      ]))
    #expect(pooled.map(\.bias) == [nil, nil])
  }

  static let refusals: [(NetworkSpecification, PlainNetworkError, String)] = [
    (
      NetworkSpecification.vgg(depth: 11), PlainNetworkError.batchNorm("layers.0.bn.weight"),
      "is batch norm; use lenet"
    ),
    (
      .custom([
        .convolution(name: "a", outputs: 3, kernel: 1),
        .residual(
          body: [.relu, .convolution(name: "b", outputs: 3, kernel: 1)], shortcut: []),
        .globalAveragePool, .linear(name: "fc", outputs: nil),
      ]), .residual("b.weight"), "the block of `b.weight` has a shortcut"
    ),
    (
      .custom([.flatten, .linear(name: "fc", outputs: 5), .relu]),
      .nonlinearOutput(layer: "fc"), "after `fc` comes a ReLU or a max pool"
    ),
    (.lenet(hidden: [9, 1]), .narrow(layer: "fc_layers.1"), "`fc_layers.1` has one unit"),
  ]

  @Test("what has no half-width networks is refused by name", arguments: refusals)
  func refused(_ network: NetworkSpecification, _ error: PlainNetworkError, _ words: String) {
    #expect(throws: error) { try layers(network, side: 32) }
    #expect(error.description.contains(words), "\(error)")
  }
}
