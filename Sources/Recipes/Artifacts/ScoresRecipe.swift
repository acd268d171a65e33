package import Randomness

/// Scores of every prunable weight of the network from `weights` (a training in the role
/// ``InputRole/weights`` where they are a checkpoint), under the mask in the role ``InputRole/mask``
/// where there is one.
package struct ScoresRecipe: Work {
  package static let kind = "scores"
  // 2: gradients are computed in float64.
  package static let schema = 2

  /// Network and data.
  package let problem: Problem
  /// Weights that are scored.
  package let weights: WeightsSource
  /// Gives the scores.
  package let criterion: CriterionSpecification
  /// The examples scored on.
  package let scoring: ScoringSpecification
  /// Draws the scoring set, and random scores.
  package let stream: StreamPath
  /// Processor.
  package let device: DeviceKind

  /// A scores recipe.
  package init(
    problem: Problem, weights: WeightsSource, criterion: CriterionSpecification,
    scoring: ScoringSpecification, stream: StreamPath, device: DeviceKind = .cpu
  ) {
    self.problem = problem
    self.weights = weights
    self.criterion = criterion
    self.scoring = scoring
    self.stream = stream
    self.device = device
  }
}

extension ScoresRecipe {
  package var reads: [Reading] { weights.reads + [.mask()] }

  package var command: CommandSpecification? {
    if case .command(let command) = criterion { command } else { nil }
  }

  package var cost: Double {
    let sizes = problem.sizes
    let examples = Double(scoring.examples.count(classes: problem.dataset.source.classes))
    // Gradients are computed in float64, at half the speed. GraSP differentiates twice, and so does every
    // Hessian–vector product of OBD; SynFlow takes one example; a command starts a program.
    let (passes, start) =
      switch criterion {
      case .random, .magnitude: (0.0, 0.0)
      case .gradient, .snip, .gradientMagnitude, .taylorFO: (2 * examples, 0)
      case .obd(let diagonal, _):
        (2 * examples * Double(1 + 2 * diagonal.products(of: sizes.prunableCounts)), 0)
      case .grasp: (8 * examples, 0)
      case .synflow: (2, 0)
      case .command: (examples, 2)
      }
    return Estimate.least + start + passes * sizes.operations / Estimate.rate
      + sizes.prunable * Estimate.perWeight
  }

  package var memory: Double {
    let sizes = problem.sizes
    let examples = Double(scoring.examples.count(classes: problem.dataset.source.classes))
    // A user's program gets float32, gradients are computed in float64.
    let size: Double = if case .command = criterion { 4 } else { 8 }
    let batch = min(examples, Double(scoring.batchSize))
    let data = problem.datasetMemory + size * examples * sizes.input
    switch criterion {
    case .random, .magnitude: return 12 * sizes.weights
    // Magnitudes and scores in float64 beside the weights, and the pass over one example.
    case .synflow: return 32 * sizes.weights + 16 * sizes.activations
    case .gradient, .snip, .gradientMagnitude, .taylorFO, .command:
      return data + size * (4 * sizes.weights + 2 * sizes.activations * batch)
    // The graph of the gradients is differentiated again.
    case .grasp, .obd: return data + size * (8 * sizes.weights + 5 * sizes.activations * batch)
    }
  }

  /// Seconds of masks of `densities` densities, each in so many iterations; scores of a one-shot schedule serve
  /// all densities.
  func cost(_ schedule: PruningSchedule, densities: Int) -> Double {
    schedule == .oneShot
      ? cost + Double(densities) * problem.rankingCost
      : Double(densities * schedule.iterations) * (cost + problem.rankingCost)
  }
}
