package import Recipes
package import Suites

/// Which methods stand against which of their ablations, and how that is decided.
package struct AblationDesign: Hashable, Sendable {
  /// Fractions kept, in the suite's order.
  package let densities: [Density]
  /// Methods in the suite's order.
  package let methods: [Method]
  /// Whether the dense network's accuracy is recorded beside.
  package let recordsDense: Bool
  /// The rules of the decision.
  package let rules: DecisionRules

  /// A design.
  package init(densities: [Density], methods: [Method], recordsDense: Bool, rules: DecisionRules) {
    self.densities = densities
    self.methods = methods
    self.recordsDense = recordsDense
    self.rules = rules
  }
}
