/// A mask found by a ranking, of all weights or of those that the mask in the role ``InputRole/within``
/// keeps; densities are fractions of all weights in either case.
package struct MaskRecipe: Work {
  package static let kind = "mask"
  // 2: effective weights and outputs reached are counted.
  package static let schema = 2

  /// Where the scores come from.
  package enum Scores: Hashable, Sendable, Codable {
    /// The scores artifact in the role ``InputRole/scores``, ranked once.
    case artifact
    /// Computed anew in each iteration, on weights under the mask so far.
    case iterative(ScoresRecipe, PruningSchedule)
  }

  /// Network and data.
  package let problem: Problem
  /// Where the scores come from.
  package let scores: Scores
  /// Fraction kept at the end.
  package let density: Density
  /// Where scores are ranked.
  package let scope: Scope
  /// Which end is kept; ``Selection/lowestWithinLayers`` takes its counts from the mask in the role
  /// ``InputRole/counts``.
  package let selection: Selection
  /// Prunable tensors left whole, by name.
  package let excluded: [String]
  /// Fractions kept of tensors that are ranked by themselves, whatever the scope, by name; `density` is
  /// that of the others. `nil` for none.
  package let ownDensities: [String: Density]?

  /// A mask's recipe.
  package init(
    problem: Problem, scores: Scores, density: Density, scope: Scope, selection: Selection,
    excluded: [String], ownDensities: [String: Density] = [:]
  ) {
    self.problem = problem
    self.scores = scores
    self.density = density
    self.scope = scope
    self.selection = selection
    self.excluded = excluded
    // Left out of the recipe where empty, so that masks without keep the keys they had.
    self.ownDensities = ownDensities.isEmpty ? nil : ownDensities
  }

  package var reads: [Reading] {
    let scores: [Reading] =
      switch self.scores {
      case .artifact: [Reading(InputRole.scores, files: [ArtifactFile.scores])]
      case .iterative(let scored, _): scored.weights.reads
      }
    let counts = selection == .lowestWithinLayers ? [Reading(InputRole.counts)] : []
    return scores + counts + [.mask(InputRole.within)]
  }

  package var command: CommandSpecification? {
    if case .iterative(let scored, _) = scores { scored.command } else { nil }
  }

  package var dataset: DatasetSpecification? {
    if case .iterative(let scored, _) = scores { scored.dataset } else { nil }
  }

  package var cost: Double {
    guard case .iterative(let scored, let schedule) = scores else { return problem.rankingCost }
    return problem.rankingCost + Double(schedule.iterations) * scored.cost
  }

  package var memory: Double {
    guard case .iterative(let scored, _) = scores else { return problem.rankingMemory }
    return problem.rankingMemory + scored.memory
  }
}
