package import Randomness

/// Scores of every prunable weight of the network from `weights` (a state in the role
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

  package var reads: [Reading] { weights.reads + [.mask()] }

  package var command: CommandSpecification? {
    criterion.command ?? problem.network.program?.command
  }

  package var dataset: DatasetSpecification? {
    criterion.descriptor.readsData ? problem.dataset : nil
  }

  package var cost: Double {
    let (sizes, kind) = (problem.sizes, criterion.descriptor)
    let passes = examples * kind.cost.passes(criterion.options, sizes.prunableCounts)
    return Estimate.least + kind.cost.start + passes * sizes.operations / Estimate.rate
      + sizes.prunable * Estimate.perWeight
  }

  package var memory: Double {
    let (sizes, kind) = (problem.sizes, criterion.descriptor)
    let batch = min(examples, Double(scoring.batchSize))
    let data =
      kind.readsData ? problem.datasetMemory + kind.exampleBytes * examples * sizes.input : 0
    return data + kind.cost.bytesPerWeight * sizes.weights
      + kind.cost.bytesPerOutput * sizes.activations * batch
  }

  /// Examples that pass through the network; without data it is one, or none.
  private var examples: Double {
    criterion.descriptor.readsData
      ? Double(scoring.examples.count(classes: problem.dataset.source.classes)) : 1
  }

  /// Seconds of masks of `densities` densities, each in so many iterations; scores of a one-shot schedule serve
  /// all densities.
  func cost(_ schedule: PruningSchedule, densities: Int) -> Double {
    schedule == .oneShot
      ? cost + Double(densities) * problem.rankingCost
      : Double(densities * schedule.iterations) * (cost + problem.rankingCost)
  }
}

/// Work that computes scores, as ``ScoresRecipe`` says, and keeps only what follows from them.
package protocol ScoringWork: Work {
  /// Network, weights, criterion.
  var scored: ScoresRecipe { get }
}

extension ScoringWork {
  package var reads: [Reading] { scored.weights.reads }
  package var command: CommandSpecification? { scored.command }
  package var dataset: DatasetSpecification? { scored.dataset }
  package var memory: Double { scored.problem.rankingMemory + scored.memory }
}
