import Connectivity
import Datasets
import Foundation
import Networks
import Randomness
import Recipes
import Tensors
import Testing
import Training

@Suite struct CurveTrainingTests {
  private func specification(
    _ duration: String, rate: Double, momentum: Double = 0, decay: Double = 0, batch: Int = 32,
    shape: LearningRateSchedule.Shape = .constant
  ) -> TrainingSpecification {
    TrainingSpecification(
      optimizer: .init(
        .sgd,
        [
          "learning-rate": .number(rate), "momentum": .number(momentum),
          "weight-decay": .number(decay),
        ]),
      schedule: LearningRateSchedule(warmup: .zero, shape: shape), batchSize: batch,
      duration: Step(duration)!)
  }

  private func training(
    _ shape: CurveShape, _ network: Network, _ dataset: Dataset,
    _ specification: TrainingSpecification, from start: Weights, to end: Weights,
    mask: Mask? = nil
  ) throws -> CurveTraining {
    try CurveTraining(
      Curve(shape, from: start, to: end), of: network, on: dataset, specification: specification,
      order: StreamPath(seed: 3) / "order", positions: StreamPath(seed: 3) / "positions",
      mask: mask)
  }

  /// A network trained on the digits from a seed of its own.
  private func trained(
    _ network: Network, _ dataset: Dataset, seed: UInt64, mask: Mask? = nil
  ) throws -> Weights {
    let training = try Training(
      network: network, dataset: dataset, specification: specification("6ep", rate: 0.2),
      order: StreamPath(seed: seed) / "order", mask: mask)
    var state = try training.begin(with: network.weights(seed: seed), at: 0)
    _ = try training.run(&state, to: 6 * training.stepsPerEpoch)
    return state.weights
  }

  @Test(
    "a step moves every bend along its coefficient times the gradient at the point",
    arguments: [CurveShape.bezier(bends: 2), .chain(bends: 2)])
  func gradient(shape: CurveShape) throws {
    let (dataset, network) = (try digits(), digitsNetwork(.lenet(hidden: [6])))
    let (start, end) = (try network.weights(seed: 1), try network.weights(seed: 2))
    let (rate, decay) = (0.01, 0.3)
    let whole = dataset.trainingIndices.count
    let training = try training(
      shape, network, dataset,
      specification("1it", rate: rate, decay: decay, batch: whole), from: start, to: end)
    let t = training.position(ofStep: 0)
    #expect(t > 0 && t < 1)
    let before = training.initial
    // The first step's objective, by the whole training split: L(w(t)) + ½·λ·‖w(t)‖².
    func objective(_ controls: [Weights]) throws -> Double {
      let point = try Curve(shape, controls: controls).point(at: t)
      let loss = try network.evaluate(
        point, examples: dataset.trainingIndices, of: .train, of: dataset
      ).loss!
      return loss + decay / 2 * (try point.dot(point))
    }
    // A copy, for training works in place.
    let controls = try before.controls.map { try $0.masked(by: Mask(layers: [])) }
    var state = try training.begin()
    #expect(try training.run(&state, to: 1) == .finished)
    let after = training.curve(state)
    for bend in 1...shape.bends {
      let moved = try Weights.combination([(1, after.controls[bend]), (-1, controls[bend])])
      let slope = try Weights.combination([(-1 / rate, moved)])
      let direction = try network.weights(seed: UInt64(10 + bend))
      let step = 1e-3
      func shifted(_ factor: Double) throws -> Double {
        var controls = controls
        controls[bend] = try Weights.combination([(1, controls[bend]), (factor, direction)])
        return try objective(controls)
      }
      let expected = (try shifted(step) - shifted(-step)) / (2 * step)
      let found = try slope.dot(direction)
      #expect(
        abs(found - expected) < 2e-3 * max(1, abs(expected)), "bend \(bend): \(found), \(expected)")
      if shape.coefficients(at: t)[bend] == 0 { #expect(found == 0) }
    }
    #expect(try after.controls[0].distance(to: start) == 0)
    #expect(try after.controls[shape.bends + 1].distance(to: end) == 0)
  }

  @Test(
    "a trained curve is lower than the segment",
    arguments: [CurveShape.bezier(bends: 1), .chain(bends: 1)])
  func lowersTheBarrier(shape: CurveShape) throws {
    let (dataset, network) = (try digits(), digitsNetwork(.lenet(hidden: [20])))
    let start = try trained(network, dataset, seed: 1)
    let end = try trained(network, dataset, seed: 2)
    let training = try training(
      shape, network, dataset,
      specification(
        "12ep", rate: 0.1, momentum: 0.9, shape: .linearDecay(from: 0.5, to: 0.9, final: 0.01)),
      from: start, to: end)
    var state = try training.begin()
    #expect(try training.run(&state, to: 12 * training.stepsPerEpoch) == .finished)
    let evaluator = PointEvaluator(
      network, dataset,
      PointMeasurement(
        trainingExamples: 500, stream: StreamPath(seed: 1) / "subset", statistics: [.recomputed],
        statisticsExamples: 100))
    func highest(_ curve: Curve) throws -> Double {
      try evaluator.evaluate(curve, points: 11, ensembles: false).points
        .map { $0.evaluations[0].train!.loss! }.max()!
    }
    let segment = try highest(Curve(.segment, from: start, to: end))
    let curve = try highest(training.curve(state))
    #expect(curve < 0.5 * segment, "\(curve) on the curve, \(segment) on the segment")
  }

  @Test("bends never leave the union of the ends' masks")
  func masks() throws {
    let (dataset, network) = (try digits(), digitsNetwork(.lenet(hidden: [8])))
    func mask(_ step: Int) -> Mask {
      Mask(
        layers: network.prunable.map { tensor in
          Mask.Layer(
            name: tensor.name, shape: tensor.shape,
            kept: (0..<tensor.count).map { $0 % step == 0 ? 1 : 0 })
        })
    }
    let (first, second) = (mask(3), mask(5))
    let union = first.union(second)
    let start = try trained(network, dataset, seed: 1, mask: first)
    let end = try trained(network, dataset, seed: 2, mask: second)
    let training = try training(
      .bezier(bends: 1), network, dataset,
      specification("2ep", rate: 0.1, momentum: 0.9, decay: 1e-3),
      from: start, to: end, mask: union)
    var state = try training.begin()
    _ = try training.run(&state, to: 2 * training.stepsPerEpoch) { state in
      for (tensor, layer) in zip(state.weights.tensors.filter { $0.shape.count == 2 }, union.layers)
      {
        let values = try tensor.elements(of: Float.self)
        #expect(zip(values, layer.kept).allSatisfy { $1 == 1 || $0.bitPattern == 0 })
      }
    }
    // The bend does use weights of either end alone.
    let bend = try training.curve(state).controls[1].tensors[0].elements(of: Float.self)
    #expect(bend[3] != 0 && bend[5] != 0 && bend[1] == 0)
  }

  @Test("resuming from a checkpoint gives the same bits")
  func resume() throws {
    let (dataset, network) = (try digits(), digitsNetwork(.lenet(hidden: [7])))
    let (start, end) = (try network.weights(seed: 1), try network.weights(seed: 2))
    let file = FileManager.default.temporaryDirectory.appending(path: "curve-\(UUID())")
    defer { try? FileManager.default.removeItem(at: file) }
    for optimizer: OptimizerSpecification in [
      .init(.sgd, ["learning-rate": 0.1, "momentum": 0.9, "weight-decay": 1e-3]),
      .init(.adam, ["learning-rate": 0.01, "weight-decay": 1e-3]),
    ] {
      let specification = TrainingSpecification(
        optimizer: optimizer,
        schedule: LearningRateSchedule(warmup: .zero, shape: .cosine(final: 0)), batchSize: 100,
        duration: Step("3ep")!)
      func make() throws -> CurveTraining {
        try training(.chain(bends: 2), network, dataset, specification, from: start, to: end)
      }
      let whole = try make()
      let steps = 3 * whole.stepsPerEpoch
      var undisturbed = try whole.begin()
      _ = try whole.run(&undisturbed, to: steps)
      let first = try make()
      var state = try first.begin()
      _ = try first.run(&state, to: steps / 2)
      try state.write(to: file)
      let second = try make()
      var resumed = try TrainingState(
        readingFrom: file, of: second.tensors, named: "a curve", optimizer: second.steppingOptimizer
      )
      #expect(resumed.iteration == steps / 2)
      _ = try second.run(&resumed, to: steps)
      for (a, b) in zip(undisturbed.weights.tensors, resumed.weights.tensors) {
        #expect(try a.elements(of: Float.self) == b.elements(of: Float.self))
      }
      #expect(undisturbed.weights.specifications.map(\.name).first == "bend-1.fc_layers.0.weight")
    }
  }

  @Test("a loss that is not finite ends the training")
  func divergence() throws {
    let (dataset, network) = (try digits(), digitsNetwork(.lenet(hidden: [7])))
    let training = try training(
      .bezier(bends: 1), network, dataset, specification("5ep", rate: 1e12),
      from: network.weights(seed: 1), to: network.weights(seed: 2))
    var state = try training.begin()
    guard case .diverged(let iteration) = try training.run(&state, to: 50) else {
      Issue.record("it did not diverge")
      return
    }
    #expect(iteration == state.iteration && iteration < 50)
  }

  @Test("positions are uniform from 0 to 1 and each step's own")
  func positions() throws {
    let (dataset, network) = (try digits(), digitsNetwork(.lenet(hidden: [3])))
    let training = try training(
      .bezier(bends: 1), network, dataset, specification("1ep", rate: 1),
      from: network.weights(seed: 1), to: network.weights(seed: 2))
    let drawn = (0..<2000).map(training.position(ofStep:))
    #expect(drawn.allSatisfy { (0..<1).contains($0) } && Set(drawn).count == 2000)
    // The mean's standard deviation is 1 / √(12 · 2000) = 0.0065.
    #expect(abs(drawn.reduce(0, +) / 2000 - 0.5) < 0.03)
    #expect(drawn[7] == training.position(ofStep: 7))
  }
}
