import Foundation
import Laboratory
import Networks
import Recipes
import Training

/// Keeps what must outlive a worker: checkpoints now and then, and the weights a recipe asks for.
final class CheckpointKeeper {
  private static let name = "training.safetensors"

  private let optimizer: OptimizerSpecification
  private let start: Int
  private let keeps: [Int]
  private let interval: Duration
  private let assignment: Assignment
  private let clock = ContinuousClock()
  private var lastSaved: ContinuousClock.Instant

  /// Keeps what a training by `optimizer` from step `start` leaves, and its weights after the steps `keeps`;
  /// a checkpoint each `interval`.
  init(
    _ assignment: Assignment, every interval: Duration, optimizer: OptimizerSpecification,
    start: Int = 0, keeps: [Int] = []
  ) {
    self.assignment = assignment
    self.optimizer = optimizer
    self.start = start
    self.keeps = keeps
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
    guard let path = try assignment.store.checkpoint(Self.name, of: assignment.id),
      let state = try? TrainingState(
        readingFrom: URL(fileURLWithPath: path), of: tensors, named: name, optimizer: optimizer),
      state.iteration >= start
    else { return nil }
    // Weights of steps before the checkpoint were saved before it; without them start over.
    for iteration in keeps where (start...state.iteration).contains(iteration) {
      try requireWeights(after: iteration)
    }
    return state
  }

  /// Saves the weights if the recipe wants them after this many steps.
  func keep(_ state: TrainingState) throws {
    guard keeps.contains(state.iteration) else { return }
    try assignment.store.saveCheckpoint(
      ArtifactFile.weights(after: state.iteration), of: assignment.id
    ) { try state.weights.write(to: URL(fileURLWithPath: $0)) }
  }

  /// Saves a checkpoint if the last one is old enough.
  func saveIfDue(_ state: TrainingState) throws {
    guard clock.now - lastSaved >= interval else { return }
    lastSaved = clock.now
    try assignment.store.saveCheckpoint(Self.name, of: assignment.id) {
      try state.write(to: URL(fileURLWithPath: $0))
    }
  }

  /// Copies the kept weights among the artifact's files.
  ///
  /// - Parameter end: the last step of a training that finished; up to there none of them may be missing.
  /// - Throws: `LaboratoryError.damagedArtifact` where they are not what was saved.
  func deliver(finishedAfter end: Int?) throws {
    for iteration in keeps {
      if let end, (start...end).contains(iteration) { try requireWeights(after: iteration) }
      guard let path = try savedWeights(after: iteration) else { continue }
      try FileManager.default.copyItem(
        atPath: path, toPath: assignment.output(ArtifactFile.weights(after: iteration)).path)
    }
  }

  private func savedWeights(after iteration: Int) throws -> String? {
    try assignment.store.checkpoint(
      ArtifactFile.weights(after: iteration), of: assignment.id)
  }

  private func requireWeights(after iteration: Int) throws {
    guard try savedWeights(after: iteration) == nil else { return }
    try assignment.store.loseCheckpoints(
      of: assignment.id,
      .checkpointMissing(file: ArtifactFile.weights(after: iteration)))
  }
}
