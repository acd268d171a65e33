package import Statistics

/// What one replicate came to in one arm, as comparisons need it.
package struct ComparedRun: Hashable, Sendable {
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// The metric; of a run that diverged what it counts as, `nil` where it counts as nothing.
  package let value: Double?
  /// How it failed; `nil` where it did not.
  package let failure: RunFailure?
  /// Whether it is known how many classes examples are given.
  package let tellsClasses: Bool
  /// Whether kept weights lead from the input to no output.
  package let isDisconnected: Bool
  /// Optimizer steps of its training; `nil` where they are not known.
  package let steps: Int?
  /// What test examples add to the comparison in which this run is treated; `nil` where its answers are not known.
  package let spread: CrossedComparison.Spread?

  /// A run.
  package init(
    replicate: Int, value: Double?, failure: RunFailure?, tellsClasses: Bool,
    isDisconnected: Bool = false, steps: Int? = nil, spread: CrossedComparison.Spread? = nil
  ) {
    self.replicate = replicate
    self.value = value
    self.failure = failure
    self.tellsClasses = tellsClasses
    self.isDisconnected = isDisconnected
    self.steps = steps
    self.spread = spread
  }

  /// Whether the loss was not finite at some step.
  package var hasDiverged: Bool { failure == .diverged }
  /// Whether it tells nothing of what was learnt.
  package var hasFailed: Bool { failure != nil }
}
