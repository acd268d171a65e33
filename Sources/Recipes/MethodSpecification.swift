/// What gives every prunable weight its score; *higher is kept*.
package enum CriterionSpecification: Hashable, Sendable, Codable {
  /// Uniform random scores: the field's baseline.
  case random
  /// |w| (Han et al., NeurIPS 2015).
  case magnitude
  /// |∂L/∂w|: how fast the loss changes with the weight, whatever its size.
  case gradient
  /// |w · ∂L/∂w| (Lee et al., ICLR 2019, eq. 4).
  case snip(SnipReading)
  /// +w · (H g), so that the published −w · H g is pruned from its top (Wang et al., ICLR 2020,
  /// eq. 8); `absolute` keeps the largest |w · (H g)| instead. Logits are divided by `temperature`.
  case grasp(temperature: Double, absolute: Bool)
  /// |w · ∂R/∂w| with R the summed output of the network with absolute weights on an all-ones input,
  /// in float64 (Tanaka et al., NeurIPS 2020, eq. 3).
  case synflow
  /// A user's program: reads weights and a batch, writes scores.
  case command(CommandSpecification)
  /// |w · ∂L/∂w| of one mini-batch at whatever weights are pruned (Blalock et al., MLSys 2020): SNIP's
  /// formula, which SNIP takes at initialization and divides by its sum over all weights.
  case gradientMagnitude
  /// (w · ∂L/∂w)² of each batch, averaged over batches (Molchanov et al., CVPR 2019, eq. 8).
  case taylorFO
  /// ½ · hₖₖ · w², h the diagonal of the Hessian (LeCun, Denker & Solla, NeurIPS 1989), whose paper drops
  /// the terms of h that can be negative. Logits of ReLU networks are piecewise linear in each single
  /// weight, so these terms vanish there; they remain with batch norm in train mode, and estimates
  /// scatter about zero. Such scores keep their sign: the removal is predicted not to raise the loss, so
  /// these weights go first. `absolute` ranks by |½ · hₖₖ · w²| instead.
  case obd(HessianDiagonal, absolute: Bool)

  /// The two readings of SNIP for a scoring set larger than one batch.
  package enum SnipReading: String, Hashable, Sendable, Codable, CaseIterable {
    /// Sum the gradient over the scoring set, then take the absolute value (SNIP's paper and the
    /// SynFlow authors' code).
    case sumThenAbsolute = "sum-then-absolute"
    /// Absolute value per batch, then the mean over batches (Frankle et al., ICLR 2021).
    case absoluteThenMean = "absolute-then-mean"
  }

  /// Whether the scores depend on data.
  package var readsData: Bool {
    switch self {
    case .random, .magnitude, .synflow: false
    case .gradient, .snip, .grasp, .command, .gradientMagnitude, .taylorFO, .obd: true
    }
  }

  /// Batch norm's mode in the paper that introduced the criterion, or in its authors' code; `nil` where
  /// no network runs here. OBD is older than batch norm: its Hessian is that of the network as it
  /// answers, so running statistics stand.
  package var defaultMode: NormalizationMode? {
    switch self {
    case .gradient, .snip, .grasp, .gradientMagnitude, .taylorFO: .train
    case .obd: .eval
    case .synflow: .identity
    case .random, .magnitude, .command: nil
    }
  }
}

/// A program that computes scores, and the files its answer depends on.
package struct CommandSpecification: Hashable, Sendable, Codable {
  /// Program and its arguments, run in the suite's folder; the paths of the weights file, the batch
  /// file and the scores file to write are appended.
  package let arguments: [String]
  /// SHA-256 of every argument that names a file in the suite's folder, and of the files that the suite says
  /// the program depends on.
  package let digests: [String: String]
  /// Seconds after which the program is stopped.
  package let timeout: Double

  /// A command's specification.
  package init(arguments: [String], digests: [String: String], timeout: Double) {
    self.arguments = arguments
    self.digests = digests
    self.timeout = timeout
  }
}

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

  /// The other name of ``layerwise``, for suites and commands; recipes have one name only.
  package static let uniform = "uniform"

  /// Reads a name, `uniform` and `layer-wise` too.
  package init?(name: String) {
    guard ![Self.uniform, "layer-wise", "layer_wise"].contains(name) else {
      self = .layerwise
      return
    }
    self.init(rawValue: name)
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
