import Connectivity
import Datasets
import Networks
import Randomness
import Recipes
import Tensors
import Testing
import Training

@Suite struct DropoutStabilityTests {
  private static func trained(
    _ network: Network, _ dataset: Dataset, seed: UInt64, epochs: Int = 6
  ) throws -> Weights {
    let training = try Training(
      network: network, dataset: dataset,
      specification: TrainingSpecification(
        optimizer: .init(.sgd, ["learning-rate": 0.1, "momentum": 0.9]),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 64,
        duration: Step(epochs: epochs, iterations: 0)),
      order: StreamPath(seed: seed) / "order", mask: nil, scheduleOffset: 0, precision: .float32)
    var state = try training.begin(with: network.weights(seed: seed), at: 0)
    _ = try training.run(&state, to: epochs * training.stepsPerEpoch)
    return state.weights
  }

  private static func evaluator(_ network: Network, _ dataset: Dataset) -> PointEvaluator {
    PointEvaluator(
      network, dataset,
      PointMeasurement(
        trainingExamples: 400, stream: StreamPath(seed: 1) / "subset", statistics: [.interpolated],
        statisticsExamples: 0))
  }

  @Test(
    "on the data that measured ε no point of the path exceeds max(ends) + ε",
    arguments: [
      NetworkSpecification.lenet(hidden: [40]), .lenet(hidden: [31, 24]),
      .lenet(hidden: [20, 20, 20]),
      .custom([
        .convolution(name: "a", outputs: 9, kernel: 3, bias: true), .relu,
        .maxPool(kernel: 2, stride: 2), .flatten, .linear(name: "b", outputs: 20), .relu,
        .linear(name: "fc", outputs: nil),
      ]),
    ])
  func bound(specification: NetworkSpecification) throws {
    let (network, dataset) = (digitsNetwork(specification), try digits())
    let layers = try network.architecture.plainLayers()
    let evaluator = Self.evaluator(network, dataset)
    func loss(_ weights: Weights) throws -> Double {
      try #require(try evaluator.evaluateTraining(weights).loss)
    }
    func end(_ seed: UInt64) throws -> (weights: Weights, halves: UnitHalves, epsilon: Double) {
      let weights = try Self.trained(network, dataset, seed: seed)
      let stability = try DropoutStability(
        of: weights, layers, measuredBy: evaluator, draws: 3, stream: StreamPath(seed: seed))
      let whole = try loss(weights)
      // Chance is ln 10 = 2.3.
      #expect(whole < 0.7, "the network learned")
      let losses = try stability.dropped.map(loss)
      #expect(losses.count == layers.count - 1)
      return (weights, stability.halves, losses.reduce(0) { max($0, $1 - whole) })
    }
    let (a, b) = (try end(1), try end(2))
    let path = try HalfWidthPath(
      from: a.weights, a.halves, to: b.weights, b.halves, layers: layers)
    let losses = try path.positions(within: 9).map { try loss(path.point(at: $0)) }
    let connection = try #require(
      EpsilonConnection(losses: losses, epsilon: max(a.epsilon, b.epsilon)))
    #expect(
      connection.verdict(rounding: EpsilonConnection.rounding) == .connected, "\(connection)")
    // The verdict could fail: the straight segment leaves a bound without ε.
    let straight = try (0...20).map { step in
      let fraction = Double(step) / 20
      return try loss(.combination([(1 - fraction, a.weights), (fraction, b.weights)]))
    }
    #expect(EpsilonConnection(losses: straight, epsilon: 0)?.verdict() == .apart)
  }

  @Test("a network whose halves are copies loses nothing")
  func copies() throws {
    let (network, dataset) = (digitsNetwork(.lenet(hidden: [8])), try digits())
    let drawn = try network.weights()
    // Units 4 … 7 are units 0 … 3 again.
    func doubled(_ tensor: Tensor, columns: Bool) throws -> Tensor {
      let half = try tensor.narrowed(columns ? 1 : 0, start: 0, length: 4)
        .copy().elements(of: Float.self)
      guard columns else { return try Tensor(half + half, shape: tensor.shape) }
      let rows = stride(from: 0, to: half.count, by: 4).map { Array(half[$0..<$0 + 4]) }
      return try Tensor(rows.flatMap { $0 + $0 }, shape: tensor.shape)
    }
    let weights = Weights(
      specifications: drawn.specifications,
      tensors: [
        try doubled(drawn.tensors[0], columns: false),
        try doubled(drawn.tensors[1], columns: false),
        try doubled(drawn.tensors[2], columns: true), drawn.tensors[3],
      ])
    let evaluator = Self.evaluator(network, dataset)
    let layers = try network.architecture.plainLayers()
    let whole = try #require(try evaluator.evaluateTraining(weights).loss)
    let stability = try DropoutStability(
      of: weights, layers, measuredBy: evaluator, draws: 200, stream: StreamPath(seed: 1))
    let loss = try #require(try evaluator.evaluateTraining(stability.dropped[0]).loss)
    #expect(loss <= whole * (1 + 1e-6))
    #expect(stability.choices[0] > 0, "one half of both copies would be no network at all")
  }

  @Test("more draws never leave a higher loss in the layer that is dropped first")
  func draws() throws {
    let (network, dataset) = (digitsNetwork(.lenet(hidden: [12, 10])), try digits())
    let weights = try Self.trained(network, dataset, seed: 1, epochs: 2)
    let layers = try network.architecture.plainLayers()
    let evaluator = Self.evaluator(network, dataset)
    let losses = try [0, 1, 5, 20].map { draws in
      let stability = try DropoutStability(
        of: weights, layers, measuredBy: evaluator, draws: draws, stream: StreamPath(seed: 1))
      if draws == 0 {
        #expect(stability.choices == [0, 0])
        let largest = try UnitHalves(largestOf: weights, layers)
        #expect(stability.halves == largest)
      }
      return try #require(try evaluator.evaluateTraining(stability.dropped[0]).loss)
    }
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(losses.first! > losses.last!)
  }
}
