import Ablations
import Foundation
package import Laboratory
import Networks
package import Recipes
import Tensors
import Training

extension TrainingRecipe: Act {
  /// Trains from the recipe's weights, resuming from a checkpoint where a former worker left one.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> TrainingResult {
    let network = Network(problem)
    let dataset = try bench.dataset(problem.dataset)
    let mask =
      assignment.artifact.inputs[InputRole.mask] == nil
      ? nil
      : try Mask(readingFrom: assignment.file(ArtifactFile.mask, of: InputRole.mask), for: network)
    let training = try Training(
      network: network, dataset: dataset, specification: self.training, order: order,
      mask: mask, scheduleOffset: scheduleStart - start, precision: precision,
      device: device.device, testsAtEarlyStop: records(.testAtEarlyStop))
    let initial = try assignment.weights(from: weights, for: network)
    let end = self.training.duration.iterations(perEpoch: training.stepsPerEpoch)
    let keeper = CheckpointKeeper(
      assignment, every: bench.checkpointInterval, optimizer: self.training.optimizer,
      start: start, keeps: keeps)

    var state: TrainingState
    if let resumed = try keeper.resumed(network.tensors, of: "\(network.specification)") {
      state = resumed
    } else {
      state = try training.begin(with: initial, at: start)
      try keeper.keep(state)
    }
    let ending = try training.run(&state, to: end) { state in
      try keeper.keep(state)
      try keeper.saveIfDue(state)
      assignment.report(Double(state.iteration - start) / Double(max(end - start, 1)))
    }
    try keeper.deliver(finishedAfter: ending == .finished ? state.iteration : nil)

    let pruned = mask.map { $0.layers.reduce(0) { $0 + $1.kept.count } - $0.keptCount } ?? 0
    let outcome: Outcome<TrainingResult.Last>
    switch ending {
    case .diverged(let iteration): outcome = .diverged(.own(iteration: iteration))
    case .finished:
      let test = try network.examine(state.weights, on: .test, of: dataset, in: precision)
      try test.writeRight(to: assignment.output(ArtifactFile.right))
      outcome = .found(
        TrainingResult.Last(
          test: test.evaluation, predicted: test.predicted,
          validation: state.curve.last?.validation,
          change: records(.change)
            ? try TrainingResult.Change(
              from: initial, to: state.weights, under: mask ?? Mask(keepingAllOf: network)) : nil))
    }
    return TrainingResult(
      outcome: outcome, steps: state.iteration - start, curve: state.curve,
      earlyStopping: earlyStopping(state.curve),
      prunedWeightsAtZero: try mask.map { try state.weights.prunedAtZero(under: $0) } ?? 0,
      prunedWeights: pruned,
      reinitialization: try reinitializes.map {
        try .init(
          of: assignment.weights(from: $0, for: network), to: initial,
          under: mask ?? Mask(keepingAllOf: network))
      }, earlyStoppingTest: state.earlyStoppingTest)
  }
}

extension TrainingRecipe {

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
