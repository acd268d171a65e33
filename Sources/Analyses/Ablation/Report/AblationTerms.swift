package import Recipes
import Statistics
package import Suites

/// What is fixed about the report of ablations before any accuracy is known.
package struct AblationSettings: Hashable, Codable, Sendable {
  /// Accuracy points within which a difference counts as none.
  package var margin: Double
  /// The familywise error of each kind of claim.
  package var alpha: Double
  /// Which comparisons share it.
  package var family: DecisionRules.Family
  /// The share of the commonest class in percent: what a diverged run counts as.
  package var chance: Double
  /// The densities at which something is claimed; `nil` for all.
  package var primary: [Density]?
  /// The name of the split that decides.
  package var split: String
  /// Examples of that split; `nil` where they are not known.
  package var examples: Int?
  /// The method that prunes at random.
  package var randomMethod: String?

  /// What differences are measured by.
  var scale: ComparisonScale {
    get throws {
      ComparisonScale(try DecisionRule(margin: margin, alpha: alpha), examples: examples)
    }
  }

  /// Whether something is claimed at `density`, however a table spells it.
  func isPrimary(_ density: Density) -> Bool { primary?.contains(where: density.isNear) ?? true }
}

/// The terms of a report of ablations.
package typealias AblationTerms = Terms<AblationSettings>

extension Terms where Settings == AblationSettings {
  /// Terms of a table made elsewhere.
  package init(
    question: String, seed: UInt64, margin: Double, alpha: Double,
    family: DecisionRules.Family = .suite, chance: Double, primary: [Density]? = nil,
    split: String = "test", examples: Int? = nil, randomMethod: String? = "random"
  ) {
    self.init(
      analysis: AblationDesign.about.name, question: question, seed: seed, replicates: 0,
      settings: AblationSettings(
        margin: margin, alpha: alpha, family: family, chance: chance, primary: primary,
        split: split, examples: examples, randomMethod: randomMethod))
  }
}
