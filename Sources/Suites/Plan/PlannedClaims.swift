package import Recipes
package import Statistics

extension [ComparisonCell] {
  /// How far differences spread at the densities that have two pairs.
  package var deviations: [Density: Double] {
    reduce(into: [:]) { $0[$1.density] = $1.comparison?.summary.standardDeviation }
  }
}

/// The comparisons of which a suite is to claim something, before its runs or in their midst.
package struct PlannedClaims: Sendable {
  /// Two arms at the densities that decide.
  package struct Comparison: Sendable {
    /// What is compared with what.
    package let name: String
    /// Comparisons of one name share α.
    package let family: String
    /// Its part of that.
    package let weight: Double
    /// What its arms are called; those of one name are one arm.
    package let arms: [String]
    /// What is claimed where the arms are the same.
    package let sameness: Sameness
    /// From the densest on.
    package let densities: [Density]
    /// How far differences spread at the densities that have runs.
    package let deviations: [Density: Double]

    /// A comparison.
    package init(
      name: String, family: String, weight: Double, arms: [String],
      sameness: Sameness = .withinMargin, densities: [Density], deviations: [Density: Double]
    ) {
      (self.name, self.family, self.weight, self.arms) = (name, family, weight, arms)
      (self.sameness, self.densities, self.deviations) = (sameness, densities, deviations)
    }
  }

  /// The margin and the level.
  package let rule: DecisionRule
  /// What differences are told in.
  package let metric: Metric
  /// In the order of the report.
  package let comparisons: [Comparison]

  /// Claims.
  package init(_ comparisons: [Comparison], _ rule: DecisionRule, _ metric: Metric) {
    (self.comparisons, self.rule, self.metric) = (comparisons, rule, metric)
  }
}
