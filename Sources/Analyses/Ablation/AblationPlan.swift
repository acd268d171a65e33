package import Laboratory
package import Recipes
package import Suites

/// An ablation suite as work.
package typealias AblationPlan = AnalysisPlan<AblationCell>

/// One training of the experiment and the artifacts behind it.
package struct AblationCell: Hashable, Sendable {
  /// The method's name; ``Method/dense`` for the network before pruning.
  package let method: String
  /// The ablations that act; none for the method itself.
  package let combination: AblationCombination
  /// Fraction kept.
  package let density: Density
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// The training whose accuracy counts.
  package let training: TrainingArtifacts
  /// The mask it is trained under; `nil` for the dense network.
  package let mask: Key?
  /// Optimizer steps, those of the dense network for the mask and the weights included.
  package let totalTrainingSteps: Int
}
