package import Laboratory
import Recipes
package import Suites

/// Further keys of an ablation suite.
enum AblationKey: String, SuiteKey {
  case densities, methods, ablations, dense, statistics, published
  case learningCurves = "learning-curves"
}

/// Further keys below `statistics:`.
enum AblationStatisticsKey: String, SuiteKey {
  case metric, weights
}

/// Which methods stand against which of their ablations, and how that is decided.
package struct AblationDesign: Hashable, Sendable {
  /// Fractions kept, in the suite's order.
  let densities: [Density]
  /// Methods in the suite's order.
  let methods: [Method]
  /// Whether the dense network's accuracy is recorded beside.
  let recordsDense: Bool
  /// Whether every run's learning curve is recorded.
  let recordsCurves: Bool
  /// The rules of the decision.
  let rules: DecisionRules
  /// Comparisons that weigh more or less than 1.
  let weights: [ComparisonWeight]
  /// What papers say of some comparisons.
  let published: [PublishedClaim]
  /// What further replicates are still asked for; `nil` for everything.
  var open: Set<Place>?

  /// An arm at a density.
  struct Place: Hashable, Sendable {
    let arm: Arm
    let density: Density
  }

  /// Whether an arm is asked for at a density.
  func asks(_ method: Method, _ combination: AblationCombination, at density: Density) -> Bool {
    open?.contains(
      Place(arm: Arm(method: method.name, ablation: combination.name), density: density)) ?? true
  }
}

/// One training of the experiment and the artifacts behind it.
package struct AblationCell: AnalysisCell {
  /// The method's name; ``Method/dense`` for the network before pruning.
  let method: String
  /// The ablations that act; none for the method itself.
  let combination: AblationCombination
  /// Fraction kept.
  let density: Density
  /// Number of the replicate, from 1.
  let replicate: Int
  /// The training whose accuracy counts.
  let training: TrainingArtifacts
  /// The mask it is trained under; `nil` for the dense network.
  let mask: Key?
  /// Optimizer steps, those of the dense network for the mask and the weights included.
  let totalTrainingSteps: Int

  package var keys: [Key] { training.keys }
  package var place: RunPlace {
    RunPlace(method: method, ablation: combination.name, density: density, replicate: replicate)
  }
}
