/// How a training ended.
package enum TrainingEnding: Hashable, Sendable {
  /// With its last step.
  case finished
  /// The loss of this step was not finite; the training stopped before it.
  case diverged(iteration: Int)
}
