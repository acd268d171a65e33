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

  /// What `analysis:` may name.
  enum Analysis: String, CaseIterable {
    case ablation, collapse, conservation, schedule
    case lottery, instability, curve, plane, alignment
    case dropoutStability = "dropout-stability"

    /// The keys that suites of this analysis have beyond those of every suite.
    var keys: [String] {
      switch self {
      case .ablation: AblationKey.allCases.map(\.rawValue)
      case .collapse: CollapseKey.allCases.map(\.rawValue)
      case .conservation: ConservationKey.allCases.map(\.rawValue)
      case .schedule: ScheduleKey.allCases.map(\.rawValue)
      case .instability: InstabilityKey.allCases.map(\.rawValue)
      case .lottery: LadderKey.allCases.map(\.rawValue) + LotteryKey.allCases.map(\.rawValue)
      case .curve: CurveKey.allCases.map(\.rawValue)
      case .plane: PlaneKey.allCases.map(\.rawValue)
      case .alignment: AlignmentKey.allCases.map(\.rawValue)
      case .dropoutStability: DropoutStabilityKey.allCases.map(\.rawValue)
      }
    }

    /// Whether networks are trained in every such suite.
    var needsTraining: Bool {
      switch self {
      case .ablation, .lottery, .instability, .curve, .plane, .alignment, .dropoutStability: true
      case .collapse, .conservation, .schedule: false
      }
    }
  }

  /// What a lottery suite's `controls:` may name.
  enum Control: String, CaseIterable {
    case random, shuffle, reinitialize
    case otherSeed = "other-seed"
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

  /// What a curve may be.
  enum CurveShape: String, CaseIterable {
    case bezier, chain
  }

  /// What `compressions:` may name.
  enum Compressions: String, CaseIterable {
    case powersOfTwo = "powers-of-two"
    case powersOfTen = "powers-of-ten"
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
