import Networks
import Pruning
import Randomness
import Recipes
import Tensors
import Testing

@Suite struct SynapticFlowTests {
  private func drawn(_ name: String) throws -> (Network, Weights) {
    let network = Network(
      try #require(NetworkSpecification(name)),
      input: ExampleShape(channels: 2, height: 24, width: 20), classes: 3)
    let weights = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .uniform, scales: .uniform),
      path: StreamPath(seed: 1) / name)
    return (network, weights)
  }

  /// Against automatic differentiation of R in float64.
  @Test(arguments: ["lenet-5", "conv-2", "vgg-11", "resnet-8-4", "wrn-10-1"])
  func scoresAreThoseOfAutograd(name: String) throws {
    let (network, weights) = try drawn(name)
    let flow = try SynapticFlow(network, weights: weights)
    // A second mask, too: nothing of the first may be left.
    for step in [5, 3] {
      let mask = Mask(
        layers: network.prunable.map { tensor in
          Mask.Layer(
            name: tensor.name, shape: tensor.shape,
            kept: (0..<tensor.count).map { $0 % step == 1 ? 0 : 1 })
        })
      let variables = try Weights(
        specifications: network.tensors,
        tensors: try weights.masked(by: mask).tensors.map {
          try $0.converted(to: .float64).absolute()
        }
      ).variables()
      let ones = try Tensor(repeating: 1, shape: [1, 2, 24, 20], type: .float64)
      let output = try network.logits(variables, ones, mode: .identity).sum()
      let values = network.prunableIndices.map { variables[$0] }
      let gradients = try output.gradients(of: values)
      try flow.start(from: mask)
      let scores = try flow.spreadScores()
      #expect(try abs(flow.output / output.item - 1) < 1e-12)
      for (index, (value, gradient)) in zip(values, gradients).enumerated() {
        let expected = zip(
          try (value.detached() * gradient).absolute().elements(of: Double.self),
          mask.layers[index].kept
        ).map { $1 == 1 ? $0 : 0 }
        let found = try scores[index].elements(of: Double.self)
        #expect(
          found.count == expected.count
            && zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-11 * max(abs($1), 1e-300) },
          "\(mask.layers[index].name)")
      }
    }
  }

  /// Dropping from lists, whatever their order, is pruning a mask: also where scores are equal, where they
  /// are zero, and where the lowest are kept.
  @Test(
    arguments: ["lenet-5", "resnet-8-4", "wrn-10-1", "lenet-20-9"],
    [false, true])
  func dropsWhatAMaskWould(name: String, lowest: Bool) throws {
    let keeping = lowest ? IterativePruning.Keeping.lowest : .highest
    let (network, drawn) = try drawn(name)
    // Powers of two and zeros: many scores are equal.
    let weights = try Weights(
      specifications: drawn.specifications,
      tensors: zip(drawn.tensors, drawn.specifications).map { tensor, specification in
        let values = try tensor.converted(to: .float32).elements(of: Float.self)
        return try Tensor(
          values.map {
            abs($0) < 0.01 ? 0 : Float(sign: .plus, exponent: $0.exponent, significand: 1)
          },
          shape: specification.shape)
      })
    let start = Mask(
      layers: network.prunable.map { tensor in
        Mask.Layer(
          name: tensor.name, shape: tensor.shape,
          kept: (0..<tensor.count).map { $0 % 7 == 1 ? 0 : 1 })
      })
    let pruning = IterativePruning(
      schedule: .exponential(iterations: 5), density: Density("1/20")!, scope: .global,
      excluded: [try #require(network.prunable.last).name])
    let flow = try SynapticFlow(network, weights: weights)
    try flow.start(from: start)
    let ranking = try pruning.run(flow, keeping: keeping)
    let wanted = try pruning.run(from: start, keeping: keeping) { mask, _ in
      try Scores(
        zip(network.prunable, try spread(weights, of: network, under: mask)).map {
          Scores.Layer(name: $0.name, scores: $1)
        }, for: network, source: "the test")
    }
    #expect(try flow.mask == wanted.mask)
    #expect(ranking.iterations == wanted.ranking.iterations)
    #expect(ranking.zeroScores == wanted.ranking.zeroScores)
    #expect(ranking.ties == wanted.ranking.ties && (!lowest || ranking.ties > 1))
    #expect(try flow.keptCounts == wanted.mask.layers.map(\.keptCount))
    // Started again, nothing of this is left.
    try flow.start(from: start)
    #expect(try flow.mask == start)
  }

  /// With weights of one magnitude every unit of a layer is like the others: so must the scores be, to the
  /// bit, or ties are none.
  @Test(arguments: ["lenet-5", "lenet-21-9"])
  func equalWeightsHaveEqualScores(name: String) throws {
    let network = Network(
      try #require(NetworkSpecification(name)),
      input: ExampleShape(channels: 2, height: 16, width: 16), classes: 3)
    let weights = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .signedConstant, biases: .zero),
      path: StreamPath(seed: 1) / name)
    let scores = try spread(weights, of: network, under: Mask(keepingAllOf: network))
    for (layer, tensor) in zip(scores, network.prunable) {
      let values = try layer.elements(of: Double.self)
      let inputs = values.count / tensor.shape[0]
      #expect(
        values.indices.allSatisfy { values[$0].bitPattern == values[$0 % inputs].bitPattern },
        "\(tensor.name)")
      #expect(values[0] > 0)
    }
  }

  private func spread(_ weights: Weights, of network: Network, under mask: Mask) throws -> [Tensor]
  {
    let flow = try SynapticFlow(network, weights: weights)
    try flow.start(from: mask)
    return try flow.spreadScores()
  }
}
