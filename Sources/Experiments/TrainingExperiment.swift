import Ablations
import Foundation
import Laboratory
import Networks
import Recipes
import Tensors
import Training

extension Workbench {
  /// Trains from the recipe's weights, resuming from a checkpoint where a former worker left one.
  func train(_ recipe: TrainingRecipe, _ assignment: Assignment) throws -> TrainingResult {
    let network = Network(recipe.problem)
    let dataset = try dataset(recipe.problem.dataset)
    let mask =
      assignment.artifact.inputs[InputRole.mask] == nil
      ? nil
      : try Mask(readingFrom: assignment.file(ArtifactFile.mask, of: InputRole.mask), for: network)
    let training = try Training(
      network: network, dataset: dataset, specification: recipe.training, order: recipe.order,
      mask: mask, scheduleOffset: recipe.scheduleStart - recipe.start, precision: recipe.precision,
      device: recipe.device.device, testsAtEarlyStop: recipe.records(.testAtEarlyStop))
    let initial = try assignment.weights(from: recipe.weights, for: network)
    let end = recipe.training.duration.iterations(perEpoch: training.stepsPerEpoch)
    let keeper = CheckpointKeeper(
      assignment, every: checkpointInterval, optimizer: recipe.training.optimizer,
      start: recipe.start, keeps: recipe.keeps)

    var state: TrainingState
    if let resumed = try keeper.resumed(network.tensors, of: "\(network.specification)") {
      state = resumed
    } else {
      state = try training.begin(with: initial, at: recipe.start)
      try keeper.keep(state)
    }
    let ending = try training.run(&state, to: end) { state in
      try keeper.keep(state)
      try keeper.saveIfDue(state)
      assignment.report(Double(state.iteration - recipe.start) / Double(max(end - recipe.start, 1)))
    }
    try keeper.deliver(finishedAfter: ending == .finished ? state.iteration : nil)

    let pruned = mask.map { $0.layers.reduce(0) { $0 + $1.kept.count } - $0.keptCount } ?? 0
    let outcome: Outcome<TrainingResult.Last>
    switch ending {
    case .diverged(let iteration): outcome = .diverged(.own(iteration: iteration))
    case .finished:
      let test = try network.examine(state.weights, on: .test, of: dataset, in: recipe.precision)
      try test.writeRight(to: assignment.output(ArtifactFile.right))
      outcome = .found(
        TrainingResult.Last(
          test: test.evaluation, predicted: test.predicted,
          validation: state.curve.last?.validation,
          change: recipe.records(.change)
            ? try TrainingResult.Change(
              from: initial, to: state.weights, under: mask ?? Mask(keepingAllOf: network)) : nil))
    }
    return TrainingResult(
      outcome: outcome, steps: state.iteration - recipe.start, curve: state.curve,
      earlyStopping: earlyStopping(state.curve),
      prunedWeightsAtZero: try mask.map { try state.weights.prunedAtZero(under: $0) } ?? 0,
      prunedWeights: pruned,
      reinitialization: try recipe.reinitializes.map {
        try .init(
          of: assignment.weights(from: $0, for: network), to: initial,
          under: mask ?? Mask(keepingAllOf: network))
      }, earlyStoppingTest: state.earlyStoppingTest)
  }

  /// The point of the lowest validation loss, the first where several tie; losses that are not finite
  /// do not compete.
  private func earlyStopping(_ curve: [TrainingResult.Point]) -> TrainingResult.Point? {
    curve.filter { $0.validation.loss != nil }
      .reduce(nil) { best, point in
        guard let best else { return point }
        return point.validation.loss! < best.validation.loss! ? point : best
      }
  }
}

extension Examination {
  /// Writes which test examples are right, one bit each.
  fileprivate func writeRight(to file: URL) throws {
    let bits = rightBits
    try Safetensors.write([("test", Tensor(bits, shape: [bits.count]))], to: file)
  }
}

extension TrainingRecipe {
  /// Whether `measure` is taken.
  fileprivate func records(_ measure: TrainingMeasure) -> Bool {
    measures?.contains(measure) == true
  }
}

extension Weights {
  /// Pruned weights that are exactly zero, the sign of zero included.
  func prunedAtZero(under mask: Mask) throws -> Int {
    var zeros = 0
    for layer in mask.layers {
      let index = specifications.firstIndex { $0.name == layer.name }!
      let values = try tensors[index].elements(of: Float.self)
      zeros += zip(values, layer.kept).count { $1 == 0 && $0.bitPattern == 0 }
    }
    return zeros
  }
}
