package import Randomness

/// The mask in the role ``InputRole/mask``, changed by an ablation of masks.
package struct AblatedMaskRecipe: Work {
  package static let kind = "ablated-mask"
  package static let schema = 1

  /// Network and data.
  package let problem: Problem
  /// What is done to the mask.
  package let ablation: Described<Ablation>
  /// Draws what the ablation draws.
  package let stream: StreamPath

  /// An ablated mask's recipe.
  package init(problem: Problem, ablation: Ablation, stream: StreamPath) {
    self.problem = problem
    self.ablation = Described(ablation)
    self.stream = stream
  }

  package var reads: [Reading] { [Reading(InputRole.mask, files: [ArtifactFile.mask])] }
  package var cost: Double { problem.rankingCost }
  package var memory: Double { problem.rankingMemory }
}
