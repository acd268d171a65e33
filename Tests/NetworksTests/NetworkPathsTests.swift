import Networks
import Randomness
import Recipes
import Tensors
import Testing

@Suite struct NetworkPathsTests {
  private static func kept(_ network: Network, _ layers: [[Float]]) throws -> [Tensor] {
    var rest = layers[...]
    return try network.tensors.map { tensor in
      try tensor.isPrunable
        ? Tensor(rest.removeFirst(), shape: tensor.shape)
        : Tensor(repeating: 0, shape: tensor.shape)
    }
  }

  private static func drawn(_ network: Network, keeping part: Double, seed: UInt64) -> [[Float]] {
    var stream = RandomStream(StreamPath(seed: seed))
    return network.prunable.map { tensor in
      (0..<tensor.count).map { _ in stream.uniform() < part ? 1 : 0 }
    }
  }

  @Test("weights on a path of a fully connected network, counted by hand")
  func byHand() throws {
    // Two inputs, two hidden layers of two units, two outputs.
    let network = Network(
      .lenet(hidden: [2, 2]), input: ExampleShape(channels: 1, height: 1, width: 2), classes: 2)
    func paths(_ layers: [[Float]]) throws -> NetworkPaths {
      try NetworkPaths(of: network, through: Self.kept(network, layers))
    }
    let all = try paths([[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]])
    #expect(all.weights == [4, 4, 4] && all.outputs == 2)
    // Input 1 → unit 0 → unit 1 → output 0; the weights beside it lead nowhere or come from nowhere.
    let one = try paths([[0, 1, 0, 0], [0, 1, 1, 0], [1, 1, 1, 0]])
    #expect(one.weights == [1, 1, 1] && one.outputs == 1)
    let none = try paths([[1, 1, 0, 0], [0, 1, 0, 1], [1, 1, 1, 1]])
    #expect(none.weights == [0, 0, 0] && none.outputs == 0)
  }

  /// Whether a weight is on a path: whether removing all others of its layer leaves an output reached.
  private static func bruteForce(_ network: Network, _ layers: [[Float]]) throws -> [Int] {
    try layers.indices.map { layer in
      try layers[layer].indices.count { index in
        guard layers[layer][index] == 1 else { return false }
        var alone = layers
        alone[layer] = alone[layer].map { _ in 0 }
        alone[layer][index] = 1
        return try NetworkPaths(of: network, through: kept(network, alone)).outputs > 0
      }
    }
  }

  @Test(
    "of any chain a weight counts where an output is reached through it alone",
    arguments: [
      [
        LayerPlan.convolution(name: "a", outputs: 3, kernel: 3, stride: 1, padding: 1, bias: true),
        .batchNorm(name: "n"), .relu, .maxPool(kernel: 3, stride: 2, padding: 1),
        .convolution(name: "b", outputs: 4, kernel: 3, stride: 2, padding: 0, bias: false), .relu,
        .averagePool(kernel: 2, stride: 1), .flatten,
        .linear(name: "fc", outputs: nil, bias: true),
      ]
    ], [1, 2, 3] as [UInt64])
  func chains(_ plan: [LayerPlan], seed: UInt64) throws {
    let network = Network(
      .custom(plan), input: ExampleShape(channels: 2, height: 9, width: 9), classes: 3)
    let layers = Self.drawn(network, keeping: 0.12, seed: seed)
    let found = try NetworkPaths(of: network, through: Self.kept(network, layers))
    let expected = try Self.bruteForce(network, layers)
    #expect(found.weights == expected)
    #expect(expected.reduce(0, +) < layers.joined().count { $0 == 1 }, "some lie on no path")
  }

  @Test("a residual network's shortcuts are paths too")
  func residual() throws {
    let network = Network(
      .resnet(depth: 8, width: 4), input: ExampleShape(channels: 1, height: 8, width: 8),
      classes: 3)
    var layers = network.prunable.map { [Float](repeating: 1, count: $0.count) }
    let whole = try NetworkPaths(of: network, through: Self.kept(network, layers))
    #expect(whole.weights == network.prunable.map(\.count) && whole.outputs == 3)
    // Without the second convolution of the first block its first one leads nowhere, and all else stays.
    let first = try #require(network.prunable.firstIndex { $0.name == "blocks.0.conv1.weight" })
    let second = try #require(network.prunable.firstIndex { $0.name == "blocks.0.conv2.weight" })
    layers[second] = layers[second].map { _ in 0 }
    let rest = try NetworkPaths(of: network, through: Self.kept(network, layers))
    for (index, tensor) in network.prunable.enumerated() {
      #expect(rest.weights[index] == ([first, second].contains(index) ? 0 : tensor.count))
    }
    #expect(rest.outputs == 3)
  }

  @Test("no depth overflows or underflows")
  func deep() throws {
    let network = Network(
      .lenet(hidden: Array(repeating: 64, count: 330)),
      input: ExampleShape(channels: 1, height: 8, width: 8), classes: 10)
    let layers = network.prunable.map { [Float](repeating: 1, count: $0.count) }
    let found = try NetworkPaths(of: network, through: Self.kept(network, layers))
    #expect(found.weights == network.prunable.map(\.count) && found.outputs == 10)
  }
}
