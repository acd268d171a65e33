package import Recipes
package import Statistics

/// What is fixed about a report before any accuracy is known.
package struct AblationTerms: Sendable {
  /// The question that the report opens with.
  package let question: String
  /// Root of the bootstrap's streams.
  package let seed: UInt64
  /// Margin and level of every verdict.
  package let rule: DecisionRule
  /// Accuracy of guessing in percent: what a diverged run counts as.
  package let chance: Double
  /// The densities over which differences are averaged; `nil` for all.
  package let primary: [Density]?
  /// The name of the split that decides.
  package let split: String
  /// The method that prunes at random.
  package let randomMethod: String?

  /// Terms; `rule` errors name margin and alpha.
  package init(
    question: String, seed: UInt64, margin: Double, alpha: Double, chance: Double,
    primary: [Density]? = nil, split: String = "test", randomMethod: String? = "random"
  ) throws {
    self.question = question
    self.seed = seed
    rule = try DecisionRule(margin: margin, alpha: alpha)
    self.chance = chance
    self.primary = primary
    self.split = split
    self.randomMethod = randomMethod
  }

  /// The terms of `suite`.
  init(_ suite: Suite, _ design: AblationDesign) throws {
    try self.init(
      question: suite.question, seed: suite.seed, margin: design.rules.margin,
      alpha: design.rules.alpha, chance: 100 / Double(suite.problem.dataset.source.classes),
      primary: design.rules.primaryDensities, split: design.rules.split.rawValue,
      randomMethod: design.methods.first(where: \.prunesAtRandom)?.name)
  }
}
