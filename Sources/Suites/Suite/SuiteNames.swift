/// What a name stands for, each of a few.
package typealias Spelled = RawRepresentable<String> & CaseIterable

/// The names that a suite may give where Recipes has no enumeration of them.
package enum SuiteName {
  /// A name as it is written, and with the other spelling of layer-wise: no name differs by it alone.
  package static func spellings(of name: String) -> [String] {
    let closed = ["layer-wise", "layer_wise"].reduce(name) { $0.replacing($1, with: "layerwise") }
    return [name, closed, closed.replacing("layerwise", with: "layer-wise")]
  }

  /// What `ends:` of a curve suite and `networks:` of a plane suite may name.
  package enum Origin: String, CaseIterable {
    case independent
    case childrenOf = "children-of"
  }

  /// What `training: schedule:` may name.
  enum LearningRate: String, CaseIterable {
    case constant, cosine, steps
    case linearDecay = "linear-decay"
  }

  /// What a method's `schedule:` may name.
  package enum Pruning: String, CaseIterable {
    case oneShot = "one-shot"
    case linear, exponential
  }

  /// The end of the dense network's training, for `mask-from:` and `continue-from:`.
  package static let last = "last"
  /// Every density, for `primary-densities:`.
  package static let all = "all"
}
