package import Recipes
import Statistics
package import Suites

/// What is fixed about the report of ablations before any accuracy is known.
package struct AblationSettings: Hashable, Codable, Sendable {
  /// Accuracy points within which a difference counts as none.
  package var margin: Double
  /// Level of each one-sided test.
  package var alpha: Double
  /// Accuracy of guessing in percent: what a diverged run counts as.
  package var chance: Double
  /// The densities over which differences are averaged; `nil` for all.
  package let primary: [Density]?
  /// The name of the split that decides.
  package let split: String
  /// The method that prunes at random.
  package let randomMethod: String?
}

/// The terms of a report of ablations.
package typealias AblationTerms = Terms<AblationSettings>

extension Terms where Settings == AblationSettings {
  /// Terms of a table made elsewhere.
  package init(
    question: String, seed: UInt64, margin: Double, alpha: Double, chance: Double,
    primary: [Density]? = nil, split: String = "test", randomMethod: String? = "random"
  ) {
    self.init(
      analysis: AblationDesign.about.name, question: question, seed: seed, replicates: 0,
      settings: AblationSettings(
        margin: margin, alpha: alpha, chance: chance, primary: primary, split: split,
        randomMethod: randomMethod))
  }
}
