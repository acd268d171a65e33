import Foundation
import Laboratory
import Networks
import Recipes
import Training

/// Keeps what must outlive a worker.
final class CheckpointKeeper {
  private static let name = "training.safetensors"

  private let optimizer: OptimizerSpecification
  private let interval: Duration
  private let store: Store
  private let key: Key
  private let clock = ContinuousClock()
  private var lastSaved: ContinuousClock.Instant

  /// Keeps where a training by `optimizer` stands, each `interval`.
  init(_ assignment: Assignment, every interval: Duration, optimizer: OptimizerSpecification) {
    store = assignment.store
    key = assignment.id
    self.optimizer = optimizer
    self.interval = interval
    lastSaved = clock.now
  }

  /// The state of the last checkpoint; `nil` where there is none, or another version wrote it.
  ///
  /// - Parameters:
  ///   - tensors: what the training moves.
  ///   - name: what is trained, in words.
  /// - Throws: `LaboratoryError.damagedArtifact` where a checkpoint is not what was saved: the work starts
  ///   again, and the user is told.
  func resumed(_ tensors: [TensorSpecification], of name: String) throws -> TrainingState? {
    guard let path = try store.checkpoint(Self.name, of: key) else { return nil }
    return try? TrainingState(
      readingFrom: URL(fileURLWithPath: path), of: tensors, named: name, optimizer: optimizer)
  }

  /// Saves a checkpoint if the last one is old enough.
  func saveIfDue(_ state: TrainingState) throws {
    guard clock.now - lastSaved >= interval else { return }
    lastSaved = clock.now
    try store.saveCheckpoint(Self.name, of: key) {
      try state.write(to: URL(fileURLWithPath: $0))
    }
  }
}
