/// The names that a suite may give where Recipes has no enumeration of them.
enum SuiteName {
  /// A name as it is written, and with the other spelling of layer-wise: no name differs by it alone.
  static func spellings(of name: String) -> [String] {
    let closed = ["layer-wise", "layer_wise"].reduce(name) { $0.replacing($1, with: "layerwise") }
    return [name, closed, closed.replacing("layerwise", with: "layer-wise")]
  }

  /// What an entry of `layers:` may name.
  enum LayerKind: String, CaseIterable {
    case convolution = "conv"
    case batchNorm = "batch-norm"
    case relu
    case maxPool = "max-pool"
    case averagePool = "average-pool"
    case globalAveragePool = "global-average-pool"
    case flatten, linear, residual
  }

  /// What a ladder's `scope:` may name.
  enum LadderScope: String, CaseIterable {
    case global
    case layerWise = "layer-wise"
  }

  /// What `ends:` of a curve suite and `networks:` of a plane suite may name.
  enum Origin: String, CaseIterable {
    case independent
    case childrenOf = "children-of"
  }

  /// What `training: schedule:` may name.
  enum LearningRate: String, CaseIterable {
    case constant, cosine, steps
    case linearDecay = "linear-decay"
  }

  /// What a method's `schedule:` may name.
  enum Pruning: String, CaseIterable {
    case oneShot = "one-shot"
    case linear, exponential
  }

  /// The end of the dense network's training, for `mask-from:` and `continue-from:`.
  static let last = "last"
  /// Every density, for `primary-densities:`.
  static let all = "all"
}
