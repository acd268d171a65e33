import Foundation
import Laboratory
import Networks
import Recipes
import Training

/// Keeps what must outlive a worker: checkpoints now and then, and the weights a recipe asks for.
final class CheckpointKeeper {
  /// Seconds of work that a killed worker may lose. When a checkpoint is written depends on the
  /// clock; what a training computes does not.
  private static let interval = Duration.seconds(15)
  private static let name = "training.safetensors"

  private let optimizer: OptimizerSpecification
  private let start: Int
  private let keeps: [Int]
  private let assignment: Assignment
  private let clock = ContinuousClock()
  private var lastSaved: ContinuousClock.Instant

  /// Keeps what a training by `optimizer` from step `start` leaves, and its weights after the steps `keeps`.
  init(
    _ assignment: Assignment, optimizer: OptimizerSpecification, start: Int = 0, keeps: [Int] = []
  ) {
    self.assignment = assignment
    self.optimizer = optimizer
    self.start = start
    self.keeps = keeps
    lastSaved = clock.now
  }

  /// The state of the last checkpoint; `nil` where there is none, or it cannot be read whole.
  ///
  /// - Parameters:
  ///   - tensors: what the training moves.
  ///   - name: what is trained, in words.
  func resumed(_ tensors: [TensorSpecification], of name: String) -> TrainingState? {
    guard let path = assignment.store.checkpoint(Self.name, of: assignment.artifact.key),
      let state = try? TrainingState(
        readingFrom: URL(fileURLWithPath: path), of: tensors, named: name, optimizer: optimizer),
      state.iteration >= start
    else { return nil }
    // Weights of steps before the checkpoint were saved beside it; without them start over.
    let passed = keeps.filter { $0 <= state.iteration }
    return passed.allSatisfy { savedWeights(after: $0) != nil } ? state : nil
  }

  /// Saves the weights if the recipe wants them after this many steps.
  func keep(_ state: TrainingState) throws {
    guard keeps.contains(state.iteration) else { return }
    try assignment.store.saveCheckpoint(
      ArtifactFile.weights(after: state.iteration), of: assignment.artifact.key
    ) { try state.weights.write(to: URL(fileURLWithPath: $0)) }
  }

  /// Saves a checkpoint if the last one is old enough.
  func saveIfDue(_ state: TrainingState) throws {
    guard clock.now - lastSaved >= Self.interval else { return }
    lastSaved = clock.now
    try assignment.store.saveCheckpoint(Self.name, of: assignment.artifact.key) {
      try state.write(to: URL(fileURLWithPath: $0))
    }
  }

  /// Copies the kept weights among the artifact's files.
  func deliver() throws {
    for iteration in keeps {
      guard let path = savedWeights(after: iteration) else { continue }
      try FileManager.default.copyItem(
        atPath: path, toPath: assignment.output(ArtifactFile.weights(after: iteration)).path)
    }
  }

  private func savedWeights(after iteration: Int) -> String? {
    assignment.store.checkpoint(
      ArtifactFile.weights(after: iteration), of: assignment.artifact.key)
  }
}
