package import Recipes
import Statistics
package import Suites
import Wording

/// What is fixed about the report of ablations before any accuracy is known.
package struct AblationSettings: Hashable, Codable, Sendable {
  /// What networks are rated by.
  package var metric: Metric
  /// Within which difference, in the metric's unit, values count as the same.
  package var margin: Double
  /// The familywise error of each kind of claim.
  package var alpha: Double
  /// Which comparisons share it.
  package var family: DecisionRules.Family
  /// The share of the commonest class in percent: what a network reaches that has learnt nothing else.
  package var chance: Double
  /// The densities at which something is claimed; `nil` for all.
  package var primary: [Density]?
  /// The name of the split that decides.
  package var split: String
  /// Examples of that split; `nil` where they are not known.
  package var examples: Int?
  /// Outputs of the network; `nil` where they are not known.
  package var outputs: Int?
  /// The method that prunes at random.
  package var randomMethod: String?
  /// Comparisons that weigh more or less than 1; `nil` where all weigh alike.
  package var weights: [ComparisonWeight]?
  /// What papers say of some comparisons; `nil` for nothing.
  package var published: [PublishedClaim]?

  /// What a run counts as that diverged; `nil` where it has no value at all.
  var diverged: Double? { metric.constant?(chance) }

  /// What the comparison whose treated arm is `arm` weighs.
  func weight(of arm: Arm) -> Double {
    weights?.first { $0.method == arm.method && $0.ablation == arm.ablation }?.weight ?? 1
  }

  /// How α is divided, in words.
  var weightWords: String {
    let stated = (weights ?? []).map { weight in
      let name = ArmComparison.name(
        Arm(method: weight.method, ablation: weight.ablation), against: randomMethod)
      return "\(name) \(Format.significant(weight.weight))"
    }
    return stated.isEmpty
      ? "all alike" : "\(stated.joined(separator: ", ")); every other comparison 1"
  }

  /// Whether something is claimed at `density`, however a table spells it.
  func isPrimary(_ density: Density) -> Bool { primary?.contains(where: density.isNear) ?? true }
}

/// The terms of a report of ablations.
package typealias AblationTerms = Terms<AblationSettings>

extension Terms where Settings == AblationSettings {
  /// What differences are measured by.
  var scale: ComparisonScale {
    get throws {
      ComparisonScale(
        try DecisionRule(margin: settings.margin, alpha: settings.alpha), metric: settings.metric,
        examples: settings.examples, looks: allLooks)
    }
  }

  /// Terms of a table made elsewhere.
  package init(
    question: String, seed: UInt64, metric: Metric = .accuracy, margin: Double, alpha: Double,
    family: DecisionRules.Family = .suite, chance: Double, primary: [Density]? = nil,
    split: String = "test", examples: Int? = nil, randomMethod: String? = "random"
  ) {
    self.init(
      analysis: AblationDesign.about.name, question: question, seed: seed, replicates: 0,
      settings: AblationSettings(
        metric: metric, margin: margin, alpha: alpha, family: family, chance: chance,
        primary: primary, split: split, examples: examples, randomMethod: randomMethod))
  }
}
