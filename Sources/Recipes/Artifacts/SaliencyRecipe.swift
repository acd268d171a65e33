/// Totals of the scores per layer and, where prunable layers follow one another without branches, per
/// hidden unit.
package struct SaliencyRecipe: ScoringWork {
  package static let kind = "saliency"
  // 2: gradients are computed in float64.
  package static let schema = 2

  /// Network, weights, criterion.
  package let scored: ScoresRecipe
  /// Whether totals per hidden unit are computed.
  package let units: Bool

  /// A recipe of totals.
  package init(scored: ScoresRecipe, units: Bool) {
    self.scored = scored
    self.units = units
  }

  package var cost: Double { scored.cost(.oneShot, densities: 1) }
}
