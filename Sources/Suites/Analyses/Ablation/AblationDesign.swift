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

/// One change of a pruned network; the cases stand in the order in which they act.
package enum Ablation: String, Hashable, Sendable, CaseIterable, Codable {
  /// Keeps the lowest-ranked weights, in every iteration.
  case invertGlobal = "invert-global"
  /// Keeps the lowest-ranked weights of each layer, as many as the method keeps there.
  case invertLayerwise = "invert-layerwise"
  /// Permutes the mask within each layer.
  case shuffle
  /// Trains a fresh network under the mask.
  case reinitialize
  /// Trains in bfloat16 what the method trains in float32; scores and masks stay.
  case bfloat16

  /// Whether the scores are ranked the other way round.
  package var inverts: Bool {
    switch self {
    case .invertGlobal, .invertLayerwise: true
    case .shuffle, .reinitialize, .bfloat16: false
    }
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
    self.ablations = Ablation.allCases.filter(ablations.contains)
  }

  /// Whether `ablation` takes part.
  package func contains(_ ablation: Ablation) -> Bool { ablations.contains(ablation) }

  /// The part that inverts.
  package var inversion: AblationCombination {
    AblationCombination(Set(ablations.filter(\.inverts)))
  }

  /// Names joined by `+`; `none` for the method itself.
  package var name: String {
    ablations.isEmpty ? "none" : ablations.map(\.rawValue).joined(separator: " + ")
  }
}
