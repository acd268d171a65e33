/// How many weights of every layer a method keeps, at one density or several: only counts are recorded,
/// so that networks of any size leave a small artifact.
package struct CollapseRecipe: Hashable, Sendable, Codable {
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
}

/// Totals of the scores per layer and, where prunable layers follow one another without branches, per
/// hidden unit.
package struct SaliencyRecipe: Hashable, Sendable, Codable {
  /// Network, weights, criterion.
  package let scored: ScoresRecipe
  /// Whether totals per hidden unit are computed.
  package let units: Bool

  /// A recipe of totals.
  package init(scored: ScoresRecipe, units: Bool) {
    self.scored = scored
    self.units = units
  }
}

/// What every iteration of a pruning removes of the scores, against the network's output R.
package struct PruneSizeRecipe: Hashable, Sendable, Codable {
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
}
