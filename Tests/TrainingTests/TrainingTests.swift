import Datasets
import Networks
import Randomness
import Recipes
import Tensors
import Testing
import Training

@Suite struct TrainingTests {
  @Test(arguments: optimizers)
  func everyOptimizerLearnsTheMixture(optimizer: OptimizerSpecification) throws {
    let setting = try Setting()
    let training = try setting.training(optimizer)
    var state = try training.begin(with: setting.weights(), at: 0)
    let before = try setting.network.evaluate(state.weights, on: .test, of: setting.dataset)
    #expect(try training.run(&state, to: 10 * training.stepsPerEpoch) == .finished)
    let after = try setting.network.evaluate(state.weights, on: .test, of: setting.dataset)
    #expect(before.accuracy < 60 && after.accuracy > 97, "\(before) \(after)")
  }

  @Test func theCheckOfPrunedWeightsSeesADenseTraining() throws {
    let setting = try Setting()
    for optimizer in optimizers {
      let training = try setting.training(optimizer)
      var state = try training.begin(with: setting.weights(), at: 0)
      _ = try training.run(&state, to: 1)
      #expect(
        try state.movedWhere(prunedBy: setting.mask).count
          == 3 * (1 + optimizer.momentsPerWeight))
    }
  }

  @Test(arguments: optimizers)
  func prunedWeightsAndMomentsStayZeroAfterEveryStep(optimizer: OptimizerSpecification) throws {
    let setting = try Setting()
    let training = try setting.training(optimizer, mask: setting.mask)
    var state = try training.begin(with: setting.weights(), at: 0)
    #expect(try state.movedWhere(prunedBy: setting.mask).isEmpty)
    let start = try state.bits
    var checked = 0
    _ = try training.run(&state, to: 20) { state in
      let moved = try state.movedWhere(prunedBy: setting.mask)
      #expect(moved.isEmpty, "step \(state.iteration)")
      checked += 1
    }
    #expect(checked == 20)
    for (before, after) in zip(start, try state.bits) { #expect(before != after) }
  }

  @Test func subnetworksLearnToo() throws {
    let setting = try Setting()
    let training = try setting.training(optimizers[1], mask: setting.mask)
    var state = try training.begin(with: setting.weights(), at: 0)
    _ = try training.run(&state, to: 60)
    let after = try setting.network.evaluate(state.weights, on: .test, of: setting.dataset)
    #expect(after.accuracy > 80, "\(after)")
  }

  @Test func weightsGivenToATrainingAreNotTouched() throws {
    let setting = try Setting()
    let weights = try setting.weights()
    let before = try weights.tensors.map { try $0.elements(of: Float.self) }
    let training = try setting.training(mask: setting.mask)
    var state = try training.begin(with: weights, at: 0)
    _ = try training.run(&state, to: 3)
    #expect(try weights.tensors.map { try $0.elements(of: Float.self) } == before)
  }

  @Test(arguments: optimizers)
  func theSameSeedsGiveTheSameBitsAndAnotherOrderGivesOthers(optimizer: OptimizerSpecification)
    throws
  {
    let setting = try Setting()
    func bits(order: UInt64) throws -> [[UInt32]] {
      let training = try setting.training(optimizer, order: order)
      var state = try training.begin(with: setting.weights(), at: 0)
      _ = try training.run(&state, to: 14)
      return try state.bits
    }
    let first = try bits(order: 1)
    #expect(try bits(order: 1) == first)
    for (one, other) in zip(first, try bits(order: 2)) { #expect(one != other) }
  }

  @Test func theLastBatchOfAnEpochIsSmallerAndCountsFully() throws {
    let setting = try Setting()
    let training = try setting.training(
      .init(.sgd, ["learning-rate": 1]))
    #expect(training.stepsPerEpoch == 6)
    var state = try training.begin(with: setting.weights(), at: 5)
    _ = try training.run(&state, to: 6)
    // The same step by hand: the mean loss over the 20 examples that are left.
    let order = DataOrder(path: StreamPath(seed: 1) / "order", count: 180, batchSize: 32)
    let visits = order.epoch(0, of: setting.dataset.trainingIndices)
    let batch = try setting.dataset.batch(visits[160..<180], of: .train)
    let variables = try setting.weights().tensors.map { try $0.variable() }
    let loss = try setting.network.logits(variables, batch.inputs, mode: .train)
      .crossEntropy(batch.labels)
    for (gradient, (before, after)) in zip(
      try loss.gradients(of: variables), zip(variables, state.weights.tensors))
    {
      let expected = try (before.detached() - gradient).elements(of: Float.self)
      let found = try after.elements(of: Float.self)
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test func aTrainingFromStepKSeesTheDataThatFollowStepK() throws {
    let setting = try Setting()
    let training = try setting.training()
    for k in [1, 4, 6, 9] {
      var whole = try training.begin(with: setting.weights(), at: 0)
      var middle: Weights?
      _ = try training.run(&whole, to: 14) { state in
        if state.iteration == k { middle = try state.weights.masked(by: Mask(layers: [])) }
      }
      let from = try #require(middle)
      // Plain SGD remembers nothing, so weights and data order are all that matters.
      var later = try training.begin(with: from, at: k)
      _ = try training.run(&later, to: 14)
      #expect(try later.bits == whole.bits, "from step \(k)")
      #expect(later.iteration == 14)
      var wrong = try training.begin(with: from, at: 0)
      _ = try training.run(&wrong, to: 14 - k)
      #expect(try wrong.bits != whole.bits, "from step \(k)")
    }
  }

  @Test func theScheduleIsAskedAtTheIterationAndItsOffset() throws {
    let setting = try Setting()
    // No learning at all from step 3 on.
    let schedule = LearningRateSchedule(
      warmup: .zero, shape: .steps(milestones: [Step("3it")!], factor: 0))
    func moves(offset: Int) throws -> [Bool] {
      let training = try setting.training(schedule: schedule, scheduleOffset: offset)
      var state = try training.begin(with: setting.weights(), at: 0)
      var bits = try state.bits
      var moved: [Bool] = []
      _ = try training.run(&state, to: 5) { state in
        let now = try state.bits
        moved.append(now != bits)
        bits = now
      }
      return moved
    }
    #expect(try moves(offset: 0) == [true, true, true, false, false])
    #expect(try moves(offset: 2) == [true, false, false, false, false])
    #expect(try moves(offset: 3) == [false, false, false, false, false])
  }

  @Test func aTrainingThatIsDoneDoesNothing() throws {
    let setting = try Setting()
    let training = try setting.training()
    var state = try training.begin(with: setting.weights(), at: 5)
    let before = try state.bits
    #expect(try training.run(&state, to: 5) { _ in Issue.record("a step") } == .finished)
    #expect(try state.bits == before && state.iteration == 5)
  }

  @Test func aLossThatIsNotFiniteStopsTheTrainingWhereItIs() throws {
    let setting = try Setting()
    let wild = try setting.training(
      .init(.sgd, ["learning-rate": 1e30]))
    for start in [0, 7] {
      var state = try wild.begin(with: setting.weights(), at: start)
      var steps = 0
      let outcome = try wild.run(&state, to: 20) { _ in steps += 1 }
      #expect(outcome == .diverged(iteration: start + steps))
      #expect(state.iteration == start + steps)
      #expect((1...3).contains(steps), "\(steps)")
    }
    let broken = Weights(
      specifications: setting.network.tensors,
      tensors: try setting.network.tensors.map { try Tensor(repeating: .nan, shape: $0.shape) })
    var state = try setting.training().begin(with: broken, at: 3)
    #expect(try setting.training().run(&state, to: 9) == .diverged(iteration: 3))
    #expect(state.optimizer.steps == 0)
  }

  @Test func whatTheCallerThrowsEndsTheTraining() throws {
    struct Stop: Error {}
    let setting = try Setting()
    let training = try setting.training()
    var state = try training.begin(with: setting.weights(), at: 0)
    #expect(throws: Stop.self) {
      try training.run(&state, to: 9) { if $0.iteration == 4 { throw Stop() } }
    }
    #expect(state.iteration == 4)
  }

  @Test func trainingLeaksNoHandle() async {
    await #expect(processExitsWith: .success) {
      let before = Engine.liveHandles
      for optimizer in optimizers {
        let setting = try Setting()
        let training = try setting.training(optimizer, mask: setting.mask)
        var state = try training.begin(with: setting.weights(), at: 0)
        _ = try training.run(&state, to: 7)
      }
      #expect(Engine.liveHandles == before)
    }
  }
}
