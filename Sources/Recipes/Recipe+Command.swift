extension Recipe {
  /// The user's command that scores for this artifact; nil where none does.
  ///
  /// What fails in one artifact by a command is likely to fail in all of them.
  package var command: CommandSpecification? {
    let scored: ScoresRecipe? =
      switch self {
      case .scores(let recipe): recipe
      case .mask(let recipe):
        if case .iterative(let scored, _) = recipe.scores { scored } else { nil }
      case .collapse(let recipe): recipe.scored
      case .saliency(let recipe): recipe.scored
      case .pruneSize(let recipe): recipe.scored
      case .training, .shuffle, .importedMask, .curve, .curvePoints, .plane, .path, .alignment,
        .dropoutStability:
        nil
      }
    return scored?.criterion.command
  }
}
