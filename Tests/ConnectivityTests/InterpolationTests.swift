import Connectivity
import Networks
import Randomness
import Recipes
import Tensors
import Testing
import Training

@Suite struct InterpolationTests {
  private func evaluator(
    _ network: Network, _ statistics: [StatisticsPolicy] = [.interpolated], training: Int = 0
  ) throws -> PointEvaluator {
    PointEvaluator(
      network, try digits(),
      PointMeasurement(
        trainingExamples: training, stream: StreamPath(seed: 1) / "subset", statistics: statistics,
        statisticsExamples: 300))
  }

  /// The network after an epoch on the digits, in the order of a seed.
  private func trained(_ network: Network, order: UInt64, seed: UInt64 = 1) throws -> Weights {
    let dataset = try digits()
    let training = try Training(
      network: network, dataset: dataset,
      specification: TrainingSpecification(
        optimizer: .init(.sgd, ["learning-rate": 0.1]),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 32,
        duration: Step(epochs: 2, iterations: 0)),
      order: StreamPath(seed: order) / "order", mask: nil)
    var state = try training.begin(with: network.weights(seed: seed), at: 0)
    _ = try training.run(&state, to: 2 * training.stepsPerEpoch)
    return state.weights
  }

  @Test(arguments: [NetworkSpecification.lenet(hidden: [40, 20]), .resnet(depth: 8, width: 4)])
  func endsAreMeasuredToTheBit(_ specification: NetworkSpecification) throws {
    let (dataset, network) = (try digits(), digitsNetwork(specification))
    let (a, b) = (try trained(network, order: 1), try trained(network, order: 2))
    let path = try evaluator(network).interpolate(from: a, to: b, points: 5)
    #expect(path.positions == [0, 0.25, 0.5, 0.75, 1])
    #expect(path.evaluations[0][0].test == (try network.evaluate(a, on: .test, of: dataset)))
    #expect(path.evaluations[4][0].test == (try network.evaluate(b, on: .test, of: dataset)))
    #expect(path.evaluations[0][0].test != path.evaluations[4][0].test, "the ends are not one")
  }

  @Test func theWayThereIsTheWayBack() throws {
    let network = digitsNetwork(.lenet(hidden: [30]))
    let (a, b) = (try network.weights(seed: 1), try network.weights(seed: 2))
    let there = try evaluator(network, training: 200).interpolate(from: a, to: b, points: 5)
    let back = try evaluator(network, training: 200).interpolate(from: b, to: a, points: 5)
    for (one, other) in zip(there.evaluations, back.evaluations.reversed()) {
      #expect(one[0].test.correct == other[0].test.correct)
      #expect(abs(one[0].test.loss! - other[0].test.loss!) < 1e-6)
      #expect(one[0].train?.count == 200)
    }
    #expect(there.geometry == back.geometry)
    #expect(there.disagreement == back.disagreement)
  }

  @Test(arguments: [NetworkSpecification.lenet(hidden: [20]), .resnet(depth: 8, width: 4)])
  func aPathToItselfIsFlat(_ specification: NetworkSpecification) throws {
    let network = digitsNetwork(specification)
    let weights = try trained(network, order: 1)
    let path = try evaluator(network, [.interpolated, .recomputed], training: 100)
      .interpolate(from: weights, to: weights, points: 4, parent: weights)
    for index in 0...1 {
      for split in PathSplit.allCases {
        let errors = path.values(.error, on: split, policy: index).compactMap(\.self)
        #expect(Set(errors).count == 1 && errors.count == 4)
        #expect(path.summary(.error, on: split, policy: index)?.barrier == 0)
        #expect(abs(path.summary(.loss, on: split, policy: index)!.barrier) < 1e-6)
      }
    }
    let geometry = path.geometry
    #expect(geometry.distance == 0 && geometry.angle < 1e-3)
    #expect(geometry.fromParent == .init(start: 0, end: 0, angle: nil))
    #expect(path.disagreement?.differing == 0)
  }

  @Test func sharedFirstLayersGiveWhatCombinedWeightsDo() throws {
    let network = digitsNetwork(.lenet(hidden: [60, 30]))
    let basis = try [1, 2, 3].map { try trained(network, order: $0, seed: $0) }
    let coefficients = [[1, 0, 0], [0.5, 0.5, 0], [0.2, 0.3, 0.5], [1.5, -1, 0.5], [0, 0, 1]]
    let evaluator = try evaluator(network, training: 150)
    let shared = try evaluator.evaluate(combinations: coefficients, of: basis)
    let direct = try evaluator.evaluate(coefficients.count) { point in
      try Weights.combination(
        zip(coefficients[point], basis).map { (coefficient: $0, weights: $1) })
    }
    for (one, other) in zip(shared, direct) {
      for (mine, theirs) in [(one[0].test, other[0].test), (one[0].train!, other[0].train!)] {
        #expect(abs(mine.loss! - theirs.loss!) < 1e-5 * max(1, theirs.loss!))
        #expect(abs(mine.correct - theirs.correct) <= 1)
      }
    }
    #expect(shared[0] == direct[0] && shared[4] == direct[4], "ends to the bit")
    #expect(Set(shared.map(\.[0].test.correct)).count > 1, "points differ")
  }

  @Test func lossesThatAreNotFiniteAreGaps() throws {
    let network = digitsNetwork(.lenet(hidden: [20]))
    let a = try network.weights(seed: 1)
    let huge = try Weights.combination([(1e38, a)])
    let path = try evaluator(network).interpolate(from: a, to: huge, points: 3)
    #expect(path.values(.loss, on: .test)[0] != nil)
    #expect(path.values(.error, on: .test)[1] == nil && path.values(.loss, on: .test)[2] == nil)
    #expect(path.summary(.error, on: .test) == nil)
  }

  @Test func progressEndsAtOne() throws {
    let network = digitsNetwork(.lenet(hidden: [10]))
    let weights = try network.weights()
    var seen: [Double] = []
    _ = try evaluator(network, training: 600)
      .interpolate(from: weights, to: weights, points: 3, progress: { seen.append($0) })
    #expect(seen == seen.sorted() && abs(seen.last! - 1) < 1e-12 && seen.count > 3)
  }
}

@Suite struct PathGeometryTests {
  private func weights(_ values: [Float]) throws -> Weights {
    Weights(
      specifications: [TensorSpecification(name: "w", shape: [values.count], role: .scale)],
      tensors: [try Tensor(values, shape: [values.count])])
  }

  @Test func anglesFromTheOriginAndFromTheParent() throws {
    let found = try PathGeometry(
      from: weights([2, 0]), to: weights([0, 2]), parent: weights([0, 0]))
    #expect(abs(found.distance - 8.0.squareRoot()) < 1e-12)
    #expect(abs(found.angle - 90) < 1e-12)
    #expect(found.fromParent?.start == 2 && found.fromParent?.end == 2)
    let moved = try PathGeometry(
      from: weights([2, 1]), to: weights([0, 1]), parent: weights([1, 1]))
    #expect(abs(moved.fromParent!.angle! - 180) < 1e-6)
    #expect(abs(moved.angle - 63.43494882292201) < 1e-5)
  }
}
