package import Randomness

/// The mask in the role ``InputRole/mask``, permuted within each layer.
package struct ShuffleRecipe: Work {
  package static let kind = "shuffle"
  // 2: effective weights and outputs reached are counted.
  package static let schema = 2

  /// Network and data.
  package let problem: Problem
  /// Draws the permutations.
  package let stream: StreamPath

  /// A shuffle's recipe.
  package init(problem: Problem, stream: StreamPath) {
    self.problem = problem
    self.stream = stream
  }
}

extension ShuffleRecipe {
  package var reads: [Reading] { [Reading(InputRole.mask, files: [ArtifactFile.mask])] }
  package var cost: Double { problem.rankingCost }
  package var memory: Double { problem.rankingMemory }
}
