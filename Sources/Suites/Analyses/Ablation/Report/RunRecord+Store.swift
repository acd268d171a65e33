import Foundation
import Laboratory
import Recipes

/// The runs of a suite that the store has, and how they came about.
struct StoredRuns {
  private(set) var records: [RunRecord] = []
  /// Runs that the store lacks.
  private(set) var missing = 0
  /// Provenance of every artifact behind the runs, by key.
  private(set) var provenance: [Key: RunProvenance] = [:]

  private let store: Store
  private let split: Split

  /// Reads the records behind `cells`.
  init(cells: [AblationCell], artifacts: [Artifact], store: Store, split: Split) throws {
    self.store = store
    self.split = split
    for artifact in artifacts {
      guard let record = try? store.record(of: artifact.key) else { continue }
      provenance[artifact.key] = try? JSONDecoder().decode(
        RunProvenance.self, from: record.provenance)
    }
    for cell in cells {
      if let record = try record(of: cell) { records.append(record) } else { missing += 1 }
    }
  }

  private func record(of cell: AblationCell) throws -> RunRecord? {
    let mask: MaskResult? = try cell.mask.flatMap { try store.result(of: $0) }
    guard let training = try store.training(cell.training, under: mask) else { return nil }
    let evaluation = split == .validation ? training.validation : training.test
    var record = RunRecord(
      method: cell.method, ablation: cell.combination.name, density: cell.density,
      replicate: cell.replicate, accuracy: evaluation?.accuracy)
    record.details.divergedAt = training.outcome.divergence?.iteration
    record.details.loss = evaluation?.loss
    record.details.validationAccuracy = training.validation?.accuracy
    record.details.earlyStopping = training.earlyStopping?.iteration
    record.details.steps = training.steps
    record.details.totalSteps = cell.totalTrainingSteps
    record.details.prunedAtZero = training.prunedWeightsAtZero
    record.details.pruned = training.prunedWeights
    record.details.reinitialized = training.reinitialization?.differing
    record.details.reinitializedOf = training.reinitialization?.kept
    record.details.seconds = cell.training.seconds { provenance[$0]?.seconds }
    record.details.artifact = cell.training.state.description
    if let mask {
      record.details.layers = mask.audit.layers
      record.details.connected = mask.audit.connected
      record.details.changed = mask.shuffle?.changed
      record.details.expectedChanged = mask.shuffle?.expected
      record.details.countsKept = mask.shuffle?.countsKept
      // A shuffle ranks nothing itself: what its method's ranking met is told with the method.
      record.details.zeroScores = mask.ranking?.zeroScores
      record.details.ties = mask.ranking?.ties
    }
    return record
  }
}
