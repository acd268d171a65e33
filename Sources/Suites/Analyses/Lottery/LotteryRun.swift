import Foundation
import Laboratory
import Recipes
import Reports

/// One training of a lottery suite as the report reads it.
struct LotteryRun {
  let cell: LotteryCell
  let training: TrainingResult
  /// What can be said of its mask; `nil` for the dense network.
  let mask: MaskResult?
  let seconds: Double?
  private let split: Split

  init(
    _ cell: LotteryCell, _ training: TrainingResult, mask: MaskResult?, seconds: Double? = nil,
    split: Split
  ) {
    (self.cell, self.training, self.mask, self.seconds) = (cell, training, mask, seconds)
    self.split = split
  }

  /// Accuracy in percent after the last step; `nil` for a run that diverged.
  var accuracy: Double? {
    (split == .validation ? training.validation : training.test)?.accuracy
  }

  /// Accuracy in percent at the step of the lowest validation loss; `nil` where nothing is held out.
  var earlyAccuracy: Double? {
    (split == .validation ? training.earlyStopping?.validation : training.earlyStoppingTest)?
      .accuracy
  }

  /// Optimizer steps since initialization, those before the rewinding step included, at the lowest
  /// validation loss.
  var earlyStep: Int? { training.earlyStopping?.iteration }
}

/// The runs of a lottery suite that a store has.
struct StoredLottery {
  var runs: [LotteryRun] = []
  /// Runs that the store lacks.
  var missing = 0
  /// How all artifacts came about.
  var provenance: [RunProvenance] = []
}

extension StoredLottery {
  /// Reads the records behind `plan`; accuracies are those of `split`.
  init(_ plan: AnalysisPlan<LotteryCell>, _ split: Split, _ store: Store) throws {
    var seconds: [Key: Double] = [:]
    for artifact in plan.artifacts {
      guard let record = try? store.record(of: artifact.key),
        let run = try? JSONDecoder().decode(RunProvenance.self, from: record.provenance)
      else { continue }
      provenance.append(run)
      seconds[artifact.key] = run.seconds
    }
    func result<Result: Decodable>(_ key: Key) throws -> Result? {
      guard let record = try? store.record(of: key) else { return nil }
      return try JSONDecoder().decode(Result.self, from: record.result)
    }
    for cell in plan.cells {
      guard let training: TrainingResult = try result(cell.training) else {
        missing += 1
        continue
      }
      runs.append(
        LotteryRun(
          cell, training, mask: try cell.mask.flatMap(result), seconds: seconds[cell.training],
          split: split))
    }
  }
}

extension LotteryRun {
  /// One row per run.
  static func table(of runs: [LotteryRun]) -> CSV {
    let layers = runs.lazy.compactMap(\.mask).first?.audit.layers.map(\.name) ?? []
    var table = CSV(
      header: [
        "arm", "transferred", "rewind", "level", "density", "replicate", "draw", "accuracy",
        "early_stopping_step", "early_stopping_accuracy", "outcome", "loss", "validation_accuracy",
        "steps", "sign_changes", "kept", "distance", "connected", "zero_scores", "ties", "changed",
        "expected_changed", "reinitialized", "pruned_at_zero", "pruned", "seconds", "artifact",
      ] + layers.map { "kept:\($0)" } + layers.map { "size:\($0)" })
    for run in runs { table.append(run.row(layers: layers)) }
    return table
  }

  private func row(layers: [String]) -> [String] {
    func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }
    let outcome =
      training.outcome.divergence?.iteration.map { "diverged at \($0)" } ?? "finished"
    let counts = Dictionary(
      uniqueKeysWithValues: (mask?.audit.layers ?? []).map { ($0.name, $0) })
    return [
      cell.arm.name, text(cell.isTransferred), text(cell.rewind), text(cell.level),
      cell.density.description, text(cell.replicate), text(cell.draw), text(accuracy),
      text(earlyStep), text(earlyAccuracy), outcome, text(training.test?.loss),
      text(training.validation?.accuracy), text(training.steps),
      text(training.change?.signChanges), text(training.change?.kept),
      text(training.change?.distance), text(mask?.audit.connected),
      text(mask?.ranking?.zeroScores), text(mask?.ranking?.ties), text(mask?.change?.changed),
      text(mask?.change?.expected), text(training.reinitialization?.differing),
      text(training.prunedWeightsAtZero), text(training.prunedWeights), text(seconds),
      cell.training.description,
    ] + layers.map { text(counts[$0]?.kept) } + layers.map { text(counts[$0]?.size) }
  }
}
