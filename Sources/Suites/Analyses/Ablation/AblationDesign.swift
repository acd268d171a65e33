package import Recipes

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

/// What is fixed before the run, so that no result can change it.
package struct DecisionRules: Hashable, Sendable {
  /// Accuracy points within which a difference counts as none.
  package let margin: Double
  /// Level of each one-sided test.
  package let alpha: Double
  /// The split whose accuracy decides.
  package let split: Split
  /// The densities over which differences are averaged.
  package let primaryDensities: [Density]

  /// Margins that mean something: accuracies are percentages.
  package static let margins = Double.leastNormalMagnitude...100
  /// How a margin is written.
  package static let marginForm = "accuracy points above 0 and up to 100"
  /// Levels whose quantiles can be computed.
  package static let alphas = 0.000001...(0.5.nextDown)
  /// How a level is written.
  package static let alphaForm = "a number from 0.000001 on and below 0.5"

  /// Rules.
  package init(margin: Double, alpha: Double, split: Split, primaryDensities: [Density]) {
    self.margin = margin
    self.alpha = alpha
    self.split = split
    self.primaryDensities = primaryDensities
  }
}

/// Ablations that act together, or none: the method itself.
package struct AblationCombination: Hashable, Sendable {
  /// The ablations in the order in which they act, each once.
  package let ablations: [Ablation]

  /// The method itself.
  package static let none = AblationCombination([])

  /// A combination; the order given does not matter.
  package init(_ ablations: Set<Ablation>) {
    self.ablations = Ablation.all.filter(ablations.contains)
  }

  /// Whether `ablation` takes part.
  package func contains(_ ablation: Ablation) -> Bool { ablations.contains(ablation) }

  /// Whether one of its ablations starts training from fresh weights.
  var startsFresh: Bool {
    ablations.contains { if case .start(.fresh) = $0.stage { true } else { false } }
  }

  /// The arithmetic that training computes in, `usual` unless an ablation says otherwise.
  func precision(_ usual: Precision) -> Precision {
    ablations.reduce(usual) {
      if case .training(let precision) = $1.stage { precision } else { $0 }
    }
  }

  /// Which end of a ranking by `scope` is kept.
  package func selection(_ scope: Scope) -> Selection {
    ablations.reduce(.highest) { if case .ranking(let end) = $1.stage { end(scope) } else { $0 } }
  }

  /// The part that inverts.
  package var inversion: AblationCombination {
    AblationCombination(Set(ablations.filter(\.inverts)))
  }

  /// Names joined by `+`; `none` for the method itself.
  package var name: String {
    ablations.isEmpty ? "none" : ablations.map(\.name).joined(separator: " + ")
  }
}
