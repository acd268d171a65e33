import Networks
import Randomness
import Recipes
import Programs
import Tensors
import Testing

/// The layers run by autograd and as a program: two ways that must agree.
@Suite struct NetworkProgramTests {
  static let names = [
    "lenet-5", "conv-2", "vgg-11", "resnet-8-4", "wrn-10-1", "resnet-18", "lenet-9",
  ]

  private func network(_ name: String) throws -> Network {
    Network(
      try #require(NetworkSpecification(name)),
      input: ExampleShape(channels: 3, height: 18, width: 22), classes: 5)
  }

  /// Weights whose batch norm is not at its start.
  private func weights(of network: Network) throws -> Weights {
    let drawn = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .uniform, scales: .uniform),
      path: StreamPath(seed: 3) / "initialization")
    return Weights(
      specifications: network.tensors,
      tensors: try zip(network.tensors, drawn.tensors).map { specification, tensor in
        var stream = RandomStream(StreamPath(seed: 4) / specification.name)
        let noise = try Tensor(
          (0..<specification.count).map { _ in Float(stream.uniform()) },
          shape: specification.shape)
        return switch specification.role {
        case .weight, .bias: tensor
        case .scale, .gain, .runningVariance: try noise + Tensor(repeating: 0.5, shape: noise.shape)
        case .shift, .runningMean: try noise * 0.2
        case .parameter, .buffer: tensor
        }
      })
  }

  private func inputs(_ count: Int) throws -> Tensor {
    var stream = RandomStream(StreamPath(seed: 5) / "inputs")
    return try Tensor(
      (0..<count * 3 * 18 * 22).map { _ in Float(stream.uniform()) - 0.5 },
      shape: [count, 3, 18, 22])
  }

  private func distance(_ a: Tensor, _ b: Tensor) throws -> Double {
    let (a, b) = (try a.converted(to: .float64), try b.converted(to: .float64))
    let gap = try a - b
    return try ((gap * gap).sum().item / (b * b).sum().item).squareRoot()
  }

  @Test(arguments: names) func logitsAgree(name: String) throws {
    let network = try network(name)
    let weights = try weights(of: network)
    let inputs = try inputs(3)
    let recorded = try network.logits(weights.tensors, inputs, mode: .eval)
    #expect(recorded.shape == [3, 5])
    let found = try ProgramInference(network.program).logits(weights.tensors, inputs)
    #expect(try distance(found, recorded) < 1e-5)
    if network.normalizes {
      let other = try network.logits(weights.tensors, inputs, mode: .train)
      #expect(try distance(other, recorded) > 1e-2)
    }
  }

  @Test(arguments: names) func gradientsAndRunningStatisticsAgree(name: String) throws {
    let network = try network(name)
    let start = try weights(of: network)
    let labels = try Tensor([0, 4, 2, 1] as [Int64], shape: [4])
    let inputs = try inputs(4)
    // In float64, where the order of sums does not matter.
    let wide = Weights(
      specifications: network.tensors,
      tensors: try start.tensors.map { try $0.converted(to: .float64) })
    let variables = try wide.variables()
    let loss = try network.trainingLogits(variables, inputs.converted(to: .float64))
      .crossEntropy(labels)
    let expected = try loss.gradients(of: network.parameterIndices.map { variables[$0] })

    let tensors = try start.tensors.map { try $0.copy() }
    let program = try ProgramGradients(
      network.program, shapes: network.tensors.map(\.shape),
      isParameter: network.tensors.map(\.isParameter))
    let found = try program.compute(tensors, inputs: inputs, labels: labels)
    #expect(abs(Double(found) - (try loss.item)) < 1e-4)
    for (index, gradient) in zip(network.parameterIndices, expected) {
      let gap = try (program.gradients[index]!.converted(to: .float64) - gradient)
      // Biases before batch norm have gradients of zero, up to rounding.
      let size = try (gradient * gradient).sum().item.squareRoot()
      #expect(
        try (gap * gap).sum().item.squareRoot() < 2e-3 * size + 1e-4,
        "\(network.tensors[index].name)")
    }
    for (index, specification) in network.tensors.enumerated() where !specification.isParameter {
      #expect(try distance(tensors[index], variables[index]) < 1e-4)
      #expect(try distance(tensors[index], start.tensors[index]) > 1e-4)
    }
  }

  @Test func pathsAreFoundAtAnyDepth() throws {
    let network = Network(
      .resnet(depth: 110, width: 2), input: ExampleShape(channels: 1, height: 4, width: 4),
      classes: 3)
    func hasPath(emptying name: String?) throws -> Bool {
      try NetworkPaths(
        of: network,
        through: network.tensors.map {
          try Tensor(repeating: $0.name == name ? 0 : 1, shape: $0.shape)
        }
      ).outputs > 0
    }
    #expect(try hasPath(emptying: nil))
    // A block's shortcut leads around its body; nothing leads around the first and the last layer.
    #expect(try hasPath(emptying: "blocks.7.conv1.weight"))
    #expect(try !hasPath(emptying: "conv.weight"))
    #expect(try !hasPath(emptying: "fc.weight"))
  }
}
