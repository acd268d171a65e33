/// An ablation: one change of a pruned network, and of nothing else.
package struct Ablation: Descriptor {
  /// Every ablation, in the order in which they act together. A new one joins by a line here; one of masks also by a line
  /// in `MaskChange.all`.
  package static let all: [Ablation] = [
    .invertGlobal, .invertLayerwise, .random, .shuffle, .shuffleRows, .reinitialize, .otherSeed,
    .bfloat16,
  ]
  package static let sort = "ablation"

  /// Where in the making of a network it acts, and how.
  package enum Stage: Sendable {
    /// Another end of the ranking is kept, by the scope.
    case ranking(@Sendable (Scope) -> Selection)
    /// The mask is drawn by random scores, at the same density and by the same scope.
    case scores
    /// The mask is changed by what the engine has under the ablation's name.
    case mask
    /// Training starts from other weights.
    case start(Start)
    /// Training computes in another arithmetic.
    case training(Precision)
  }

  /// Weights that training starts from in place of the network's own.
  package enum Start: Sendable {
    /// Drawn anew, at step 0.
    case fresh
    /// Another replicate's, at the same step.
    case otherReplicate
  }

  package let name: String
  /// The network that it makes of the subject `{}`, in a report's words.
  package let words: String
  package let source: String
  package let options: [CheckedOption] = []
  /// Where it acts, and how.
  package let stage: Stage
  /// What it does, after its name.
  package let act: String
  /// What becomes of weights or mask, in symbols: w the weights, m the mask, s the scores, l a layer.
  package let formula: String
  /// What runs must record of it: what it has to change, and what not.
  package private(set) var audit = ""
  /// Whether methods may have it.
  package private(set) var isOfMethods = true
  /// Whether tickets may.
  package private(set) var isOfTickets = false
  /// Whether it can be drawn more than once.
  package private(set) var hasDraws = false

  /// What it makes of `subject`, such as `shuffled ticket`.
  package func words(of subject: String) -> String { words.replacing("{}", with: subject) }

  /// Whether it keeps other weights of the ranking, which takes scores.
  package var inverts: Bool { if case .ranking = stage { true } else { false } }

  /// Whether it changes a mask that is there.
  package var changesMask: Bool { if case .mask = stage { true } else { false } }

  /// Those of methods.
  package static let ofMethods = all.filter(\.isOfMethods)
  /// Those of tickets.
  package static let ofTickets = all.filter(\.isOfTickets)
}

extension Ablation: Hashable {
  package static func == (left: Ablation, right: Ablation) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
