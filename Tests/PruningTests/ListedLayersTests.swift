import Datasets
import Foundation
import Networks
import Pruning
import Randomness
import Recipes
import Tensors
import Testing
import Training

/// A network that a suite lists as `layers:` beside its named twin: the same bits.
@Suite struct ListedLayersTests {
  private static let input = ExampleShape(channels: 3, height: 16, width: 16)
  private static let classes = 5

  private static func network(_ specification: NetworkSpecification) -> Network {
    Network(specification, input: input, classes: classes)
  }

  /// What comes out of one network.
  private struct Outcome: Equatable {
    let losses: [Float]
    let weights: [[Float]]
    let magnitudes: [[Double]]
    let flow: [[Double]]
    let counts: [Int]

    init(_ network: Network) throws {
      let weights = try Weights(
        initializing: network,
        with: InitializerSpecification(weights: .kaimingNormal, biases: .uniform),
        path: StreamPath(seed: 1) / "initialization"
      ).channelsLast()
      let batch = try ListedLayersTests.batch(of: 6)
      let step = try LossGradients(network, batchSize: 6)
      losses = try (0..<3).map { _ in
        let (loss, gradients) = try step.compute(
          weights, inputs: batch.inputs, labels: batch.labels)
        for (weight, gradient) in zip(weights.parameters, gradients) {
          try weight.stepSGD(
            gradient: gradient, velocity: nil, mask: nil, learningRate: 0.02, momentum: 0,
            nesterov: false, weightDecay: 1e-4)
        }
        return loss
      }
      self.weights = try weights.tensors.map { try $0.elements() }
      let all = Mask(keepingAllOf: network)
      func scored(_ mask: Mask, _ criterion: CriterionSpecification) throws -> Scores {
        try Scoring(
          network: network, weights: weights, mask: mask, batches: [batch], mode: .eval,
          path: StreamPath(seed: 1) / "scores", folder: FileManager.default.temporaryDirectory
        ).scores(by: criterion)
      }
      magnitudes = try scored(all, CriterionSpecification(.magnitude)).values
      flow = try scored(all, CriterionSpecification(.synflow)).values
      let pruning = IterativePruning(
        schedule: .exponential(iterations: 2), density: Density("0.05")!, scope: .global,
        excluded: [])
      if network.runsAsProgram {
        let subject = try SynapticFlow(network, weights: weights)
        try subject.start(from: all)
        counts = try pruning.run(subject, keeping: .highest).iterations.flatMap { $0 }
      } else {
        counts = try pruning.run(from: all, keeping: .highest) { mask, _ in
          try scored(mask, CriterionSpecification(.synflow))
        }.ranking.iterations.flatMap { $0 }
      }
    }
  }

  private static func batch(of count: Int) throws -> Batch {
    var stream = RandomStream(StreamPath(seed: 2) / "inputs")
    let inputs = (0..<count * input.count).map { _ in Float(stream.uniform()) - 0.5 }
    return Batch(
      inputs: try Tensor(
        inputs, shape: [count, input.channels, input.height, input.width]
      ).channelsLast(),
      labels: try Tensor((0..<count).map { Int64($0 % classes) }, shape: [count]))
  }

  @Test(arguments: ["lenet-30-20", "conv-2", "resnet-20", "vgg-11"])
  func listedLayersGiveTheBitsOfTheName(name: String) throws {
    let named = try #require(NetworkSpecification(name))
    let twin = Self.network(.custom(named.plan(input: Self.input)))
    #expect(twin.specification != named)
    let (wanted, found) = try (Outcome(Self.network(named)), Outcome(twin))
    #expect(found.losses == wanted.losses)
    #expect(Set(wanted.losses).count == 3)
    #expect(found.weights == wanted.weights)
    #expect(found.magnitudes == wanted.magnitudes)
    #expect(found.flow == wanted.flow)
    #expect(found.counts == wanted.counts)
    #expect(wanted.counts.reduce(0, +) > 0)
  }

  /// The bits tell one way of computing from another: a second ReLU does nothing, but is none of the form that
  /// fully connected networks have.
  @Test func anotherWayShows() throws {
    let plan = NetworkSpecification.lenet(hidden: [30, 20]).plan(input: Self.input)
    let doubled = plan.flatMap { $0 == .relu ? [$0, $0] : [$0] }
    let (one, other) = (Self.network(.custom(plan)), Self.network(.custom(doubled)))
    #expect(!one.runsAsProgram && other.runsAsProgram)
    let (wanted, found) = try (Outcome(one), Outcome(other))
    #expect(found.weights != wanted.weights)
    for (a, b) in zip(found.weights.joined(), wanted.weights.joined()) {
      #expect(abs(a - b) < 1e-5)
    }
  }

  @Test func fullyConnectedNetworksAreToldByTheirLayers() {
    let last = LayerPlan.linear(name: "fc", outputs: nil)
    let (first, bare) = (
      LayerPlan.linear(name: "a", outputs: 4), LayerPlan.linear(name: "a", outputs: 4, bias: false)
    )
    for (plan, isFused) in [
      ([.flatten, last], true), ([.flatten, first, .relu, last], true),
      ([.flatten, first, last], false), ([.flatten, bare, .relu, last], false),
      ([.maxPool(kernel: 2, stride: 2), .flatten, last], false),
      (
        [.flatten, .residual(body: [first], shortcut: [.linear(name: "b", outputs: 4)]), last],
        false
      ),
    ] as [([LayerPlan], Bool)] {
      #expect(Self.network(.custom(plan)).runsAsProgram == !isFused, "\(plan)")
    }
  }
}
