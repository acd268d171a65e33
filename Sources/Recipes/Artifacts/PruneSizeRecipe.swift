/// What every iteration of a pruning removes of the scores, against the network's output R.
package struct PruneSizeRecipe: ScoringWork {
  package static let kind = "prune-size"
  // 2: gradients are computed in float64.
  package static let schema = 2

  /// Network, weights; the criterion is SynFlow.
  package let scored: ScoresRecipe
  /// In how many iterations.
  package let schedule: PruningSchedule
  /// Fraction kept at the end.
  package let density: Density

  /// A recipe of prune sizes.
  package init(scored: ScoresRecipe, schedule: PruningSchedule, density: Density) {
    self.scored = scored
    self.schedule = schedule
    self.density = density
  }

  // R takes a forward pass of its own.
  package var cost: Double { 1.3 * scored.cost(schedule, densities: 1) }
}
