import Datasets
import Networks
import Programs
import Pruning
import Randomness
import Recipes
import Tensors
import Testing
import Training

/// Every kind of layer × everything that a network is asked: a new kind joins by a line.
@Suite struct LayerKindTests {
  /// Each kind behind a convolution of four channels; groups of channels are tried apart.
  static let layers: [LayerPlan] = [
    .convolution(name: "b", outputs: 6, kernel: 3, padding: 1, bias: true),
    .convolution(name: "b", outputs: 6, kernel: 3, stride: 2, bias: true, groups: 2),
    .convolution(name: "b", outputs: 8, kernel: 3, padding: 1, groups: 4),
    .batchNorm(name: "b"), .layerNorm(name: "b"), .groupNorm(name: "b", groups: 2), .relu, .gelu,
    .silu, .sigmoid, .tanh, .dropout(rate: 0.4), .maxPool(kernel: 2, stride: 2),
    .averagePool(kernel: 2, stride: 2), .globalAveragePool, .flatten,
    .linear(name: "b", outputs: 7),
    .residual(body: [.convolution(name: "b", outputs: 4, kernel: 1), .gelu], shortcut: []),
    .residual(body: [.convolution(name: "b", outputs: 4, kernel: 1), .relu], shortcut: []),
  ]

  private func network(_ layer: LayerPlan) -> Network {
    var plan: [LayerPlan] = [
      .convolution(name: "a", outputs: 4, kernel: 3, padding: 1, bias: true)
    ]
    if layer.kind == .linear { plan.append(.flatten) }
    plan.append(layer)
    if ![.linear, .flatten, .globalAveragePool].contains(layer.kind) { plan.append(.flatten) }
    plan.append(.linear(name: "c", outputs: nil))
    return Network(
      .custom(plan), input: ExampleShape(channels: 1, height: 6, width: 6), classes: 3)
  }

  private func weights(
    _ network: Network, biases: InitializerSpecification.Biases = .uniform
  ) throws -> Weights {
    try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: biases),
      path: StreamPath(seed: 2) / "initialization")
  }

  private func batch(_ count: Int = 8) throws -> Batch {
    var stream = RandomStream(StreamPath(seed: 3) / "inputs")
    return Batch(
      inputs: try Tensor(
        (0..<count * 36).map { _ in Float(stream.normal()) }, shape: [count, 1, 6, 6]),
      labels: try Tensor((0..<count).map { Int64($0 % 3) }, shape: [count]))
  }

  private func scores(
    of network: Network, _ weights: Weights, by criterion: CriterionSpecification
  ) throws -> [[Double]] {
    try Scoring(
      network: network, weights: weights, mask: Mask(keepingAllOf: network), batches: [batch()],
      mode: .train, path: StreamPath(seed: 4) / "scores", folder: .temporaryDirectory
    ).scores(by: criterion).values
  }

  @Test func everyKindIsHere() {
    #expect(Set(Self.layers.map(\.kind)) == Set(LayerKind.all))
    #expect(Self.layers.contains { $0.kind == .convolution && $0.groups == 4 })
  }

  @Test(arguments: layers) func everyCriterionScoresEveryWeight(_ layer: LayerPlan) throws {
    let network = network(layer)
    let weights = try weights(network)
    for criterion in Criterion.all where Criterion.names.contains(criterion.name) {
      let scores = try scores(of: network, weights, by: .init(criterion))
      #expect(scores.map(\.count) == network.prunable.map(\.count), "\(criterion.name)")
      for layer in scores {
        #expect(layer.allSatisfy { $0.isFinite }, "\(criterion.name)")
        // Data-free scores are positive; a gradient may be 0 at a weight, never at all of a layer.
        #expect(layer.contains { $0 != 0 }, "\(criterion.name)")
      }
    }
  }

  @Test(arguments: layers) func synapticFlowIsConserved(_ layer: LayerPlan) throws {
    let network = network(layer)
    let weights = try weights(network, biases: .zero)
    let output = try Scoring(
      network: network, weights: weights, mask: Mask(keepingAllOf: network), batches: [],
      mode: .identity, path: StreamPath(seed: 4) / "scores", folder: .temporaryDirectory
    ).summedOutput()
    #expect(output > 0)
    // What comes in by a shortcut goes around the weight.
    let sums = try scores(of: network, weights, by: .init(.synflow)).map { $0.reduce(0, +) }
    for (tensor, sum) in zip(network.prunable, sums)
    where !(layer.kind == .residual && tensor.name == "b.weight") {
      #expect(abs(sum / output - 1) < 1e-9, "\(tensor.name)")
    }
  }

  @Test(arguments: layers.filter(\.hasProgram)) func programsAgreeWithTheGraph(
    _ layer: LayerPlan
  ) throws {
    let network = network(layer)
    #expect(network.hasProgram && network.runsAsProgram)
    let weights = try weights(network)
    let inputs = try batch().inputs
    let recorded = try network.logits(weights.tensors, inputs, mode: .eval)
      .elements(of: Float.self)
    let found = try ProgramInference(network.program).logits(weights.tensors, inputs)
      .elements(of: Float.self)
    #expect(zip(recorded, found).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test(arguments: layers.filter { !$0.hasProgram }) func programsAreNotAskedForOthers(
    _ layer: LayerPlan
  ) {
    let network = network(layer)
    #expect(!network.hasProgram && !network.runsAsProgram)
    #expect(!network.runsAsProgram(in: .bfloat16))
    #expect(!SynapticFlow.prunes(network, by: .init(.synflow)))
  }

  @Test(arguments: layers) func pathsLeadThroughEveryWeight(_ layer: LayerPlan) throws {
    let network = network(layer)
    func paths(_ value: Double) throws -> NetworkPaths {
      try NetworkPaths(
        of: network,
        through: network.tensors.map { try Tensor(repeating: value, shape: $0.shape) })
    }
    let all = try paths(1)
    #expect(all.outputs == 3)
    #expect(all.weights == network.prunable.map(\.count))
    #expect(try paths(0).weights.allSatisfy { $0 == 0 })
  }

  @Test(arguments: layers) func costsCountEachWeightOnce(_ layer: LayerPlan) throws {
    let architecture = network(layer).architecture
    let cost = NetworkCost(of: architecture)
    #expect(
      cost.parameters
        == architecture.tensors.filter(\.isParameter).reduce(0) { $0 + $1.count })
    #expect(cost.multiplications == architecture.multiplications)
  }

  @Test(arguments: layers) func aStepMovesEveryParameter(_ layer: LayerPlan) throws {
    let network = network(layer)
    let (weights, batch) = (try weights(network), try batch())
    let step = try LossGradients(network, batchSize: 8)
    let (loss, gradients) = try step.compute(
      weights, inputs: batch.inputs, labels: batch.labels,
      dropout: DropoutDraws(ofStep: 1, of: network, order: StreamPath(seed: 5)))
    #expect(loss.isFinite && gradients.count == network.parameterIndices.count)
    for (index, gradient) in zip(network.parameterIndices, gradients) {
      #expect(gradient.shape == network.tensors[index].shape)
      // What a norm divides out leaves a bias before it without a slope but for rounding.
      #expect(try gradient.elements(of: Float.self).contains { $0 != 0 })
    }
  }
}
