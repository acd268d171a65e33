/// How many weights of every layer a method keeps, at one density or several: only counts are recorded,
/// so that networks of any size leave a small artifact.
package struct CollapseRecipe: ScoringWork {
  package static let kind = "collapse"
  // 2: gradients are computed in float64.
  package static let schema = 2

  /// Network, weights, criterion.
  package let scored: ScoresRecipe
  /// In how many iterations; scores of a one-shot schedule serve all densities.
  package let schedule: PruningSchedule
  /// Where scores are ranked.
  package let scope: Scope
  /// Prunable tensors left whole, by name.
  package let excluded: [String]
  /// Fractions kept.
  package let densities: [Density]

  /// A recipe of counts.
  package init(
    scored: ScoresRecipe, schedule: PruningSchedule, scope: Scope, excluded: [String],
    densities: [Density]
  ) {
    self.scored = scored
    self.schedule = schedule
    self.scope = scope
    self.excluded = excluded
    self.densities = densities
  }

  package var cost: Double { scored.cost(schedule, densities: densities.count) }
}
