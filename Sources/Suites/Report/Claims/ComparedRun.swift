package import Statistics

/// What one replicate came to in one arm, as comparisons need it.
package struct ComparedRun: Hashable, Sendable {
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// Accuracy in percent; of a run that diverged what it counts as.
  package let value: Double
  /// Whether the loss was not finite at some step.
  package let hasDiverged: Bool
  /// Whether all examples are given one class; `nil` where that is not recorded.
  package let hasCollapsed: Bool?
  /// What test examples add to the comparison in which this run is treated; `nil` where its answers are not known.
  package let spread: CrossedComparison.Spread?

  /// A run.
  package init(
    replicate: Int, value: Double, hasDiverged: Bool, hasCollapsed: Bool?,
    spread: CrossedComparison.Spread? = nil
  ) {
    self.replicate = replicate
    self.value = value
    self.hasDiverged = hasDiverged
    self.hasCollapsed = hasCollapsed
    self.spread = spread
  }

  /// Whether it diverged or collapsed.
  package var hasFailed: Bool { hasDiverged || hasCollapsed == true }
}
