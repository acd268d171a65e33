/// Where scores are ranked against one another, and so what density each layer gets.
package enum Scope: String, Hashable, Sendable, Codable, CaseIterable {
  /// All layers together.
  case global
  /// Each layer by itself, at the same density: the uniform allocation.
  case layerwise
  /// Each layer by itself, its density in proportion to (n_in + n_out) / (n_in · n_out) (Mocanu et al.,
  /// Nature Communications 2018).
  case erdosRenyi = "erdos-renyi"
  /// Each layer by itself, its density in proportion to
  /// (n_in + n_out + k_h + k_w) / (n_in · n_out · k_h · k_w) (Evci et al., ICML 2020, section 3).
  case erdosRenyiKernel = "erdos-renyi-kernel"
  /// Each row of a tensor, the weights of one output, by itself, at the same density; each row's count is rounded by
  /// itself (Sun, Liu, Bair & Kolter, ICLR 2024).
  case row

  /// The other name of ``layerwise``, for suites and commands; recipes have one name only.
  package static let uniform = "uniform"

  /// Reads a name, `uniform` and `layer-wise` too.
  package init?(name: String) {
    let isLayerwise = [Self.uniform, "layer-wise", "layer_wise"].contains(name)
    self.init(rawValue: isLayerwise ? Self.layerwise.rawValue : name)
  }
}

/// In how many iterations a density is reached, scores being computed anew in each.
package enum PruningSchedule: Hashable, Sendable, Codable {
  case oneShot
  /// Iteration k of n keeps `1 − (1 − d)·k/n`.
  case linear(iterations: Int)
  /// Iteration k of n keeps `d^(k/n)`.
  case exponential(iterations: Int)

  /// Number of iterations.
  package var iterations: Int {
    switch self {
    case .oneShot: 1
    case .linear(let iterations), .exponential(let iterations): iterations
    }
  }
}

/// Which end of a ranking is kept.
package enum Selection: String, Hashable, Sendable, Codable, CaseIterable {
  /// The method itself.
  case highest
  /// The published inversion: the lowest-ranked weights, in every iteration.
  case lowest
  /// The lowest scores of each layer, the method's own count in each layer and iteration.
  case lowestWithinLayers = "lowest-within-layers"
}

/// Batch norm's mode while scoring.
package enum NormalizationMode: String, Hashable, Sendable, Codable, CaseIterable {
  /// Statistics of the batch.
  case train
  /// Running statistics.
  case eval
  /// Mean 0, variance 1.
  case identity

  /// What batch norm is, in a sentence.
  package var words: String {
    switch self {
    case .train: "in train mode"
    case .eval: "in eval mode"
    case .identity: "the identity"
    }
  }
}

/// The examples that scores are computed on.
package struct ScoringSpecification: Hashable, Sendable, Codable {
  /// How the examples are drawn from the training split.
  package enum Examples: Hashable, Sendable, Codable {
    /// As many of every class.
    case perClass(Int)
    /// Uniformly, whatever their class.
    case total(Int)

    /// How many they are together; the largest number where they are more.
    package func count(classes: Int) -> Int {
      switch self {
      case .perClass(let each):
        let (product, overflows) = each.multipliedReportingOverflow(by: classes)
        return overflows ? .max : product
      case .total(let count): return count
      }
    }
  }

  /// The examples.
  package let examples: Examples
  /// Examples per batch; larger sets are split.
  package let batchSize: Int
  /// Batch norm's mode.
  package let mode: NormalizationMode

  /// A scoring set.
  package init(examples: Examples, batchSize: Int, mode: NormalizationMode) {
    self.examples = examples
    self.batchSize = batchSize
    self.mode = mode
  }
}

/// A point of the dense network's training.
package enum TrainingPoint: Hashable, Sendable, Codable {
  /// After this many steps; 0 is initialization.
  case step(Step)
  /// The end of training.
  case last
}

/// A ranking: everything that turns scores into a mask but the density.
package struct RankingSpecification: Hashable, Sendable, Codable {
  /// Gives the scores.
  package let criterion: CriterionSpecification
  /// The examples scored on.
  package let scoring: ScoringSpecification
  /// Where scores are ranked.
  package let scope: Scope
  /// In how many iterations.
  package let schedule: PruningSchedule
  /// Prunable tensors that are left whole and do not count, by name.
  package let excluded: [String]

  /// A ranking.
  package init(
    criterion: CriterionSpecification, scoring: ScoringSpecification, scope: Scope,
    schedule: PruningSchedule, excluded: [String]
  ) {
    self.criterion = criterion
    self.scoring = scoring
    self.scope = scope
    self.schedule = schedule
    self.excluded = excluded
  }
}
