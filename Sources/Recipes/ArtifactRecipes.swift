package import Randomness

/// Which network reads which data: fixed for a whole suite.
package struct Problem: Hashable, Sendable, Codable {
  /// Architecture.
  package let network: NetworkSpecification
  /// Data and its normalization.
  package let dataset: DatasetSpecification

  /// A problem.
  package init(network: NetworkSpecification, dataset: DatasetSpecification) {
    self.network = network
    self.dataset = dataset
  }

  /// The network's tensors on this data.
  package var tensors: [TensorSpecification] {
    network.tensors(input: dataset.source.shape, classes: dataset.source.classes)
  }

  /// Whether the network has batch norm.
  package var normalizes: Bool { tensors.contains { !$0.isParameter } }

  /// Number of prunable weights that are not excluded.
  package func prunableCount(excluding excluded: [String]) -> Int {
    tensors.filter { $0.isPrunable && !excluded.contains($0.name) }.reduce(0) { $0 + $1.count }
  }
}

/// A network at step 0.
package struct InitializationRecipe: Hashable, Sendable, Codable {
  /// Distributions.
  package let initializer: InitializerSpecification
  /// The draw.
  package let stream: StreamPath

  /// An initialization.
  package init(initializer: InitializerSpecification, stream: StreamPath) {
    self.initializer = initializer
    self.stream = stream
  }
}

/// Where weights come from.
package enum WeightsSource: Hashable, Sendable, Codable {
  /// Drawn.
  case initialization(InitializationRecipe)
  /// Those after `iteration` steps, of the state in the role ``InputRole/weights``.
  case checkpoint(iteration: Int)
}

/// The kind of processor that the arithmetic runs on; it is part of a recipe since bits depend on it.
package enum DeviceKind: String, Hashable, Sendable, Codable, CaseIterable {
  case cpu
  /// NVIDIA's GPUs; scores are computed on the CPU there too.
  case cuda
}

/// The numbers that training computes with.
package enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
  case float32
  /// Activations, their gradients and the factors of convolutions and linear layers in bfloat16 (8 bits of
  /// significand); weights, their gradients, batch norm's statistics, loss and optimizer in float32.
  case bfloat16
}

/// Scores of every prunable weight of the network from `weights` (a state in the role
/// ``InputRole/weights`` where they are a checkpoint), under the mask in the role ``InputRole/mask``
/// where there is one.
package struct ScoresRecipe: Hashable, Sendable, Codable {
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

/// A mask found by a ranking, of all weights or of those that the mask in the role ``InputRole/within``
/// keeps; densities are fractions of all weights in either case.
package struct MaskRecipe: Hashable, Sendable, Codable {
  /// Where the scores come from.
  package enum Scores: Hashable, Sendable, Codable {
    /// The scores artifact in the role ``InputRole/scores``, ranked once.
    case artifact
    /// Computed anew in each iteration, on weights under the mask so far.
    case iterative(ScoresRecipe, PruningSchedule)
  }

  /// Network and data.
  package let problem: Problem
  /// Where the scores come from.
  package let scores: Scores
  /// Fraction kept at the end.
  package let density: Density
  /// Where scores are ranked.
  package let scope: Scope
  /// Which end is kept; ``Selection/lowestWithinLayers`` takes its counts from the mask in the role
  /// ``InputRole/counts``.
  package let selection: Selection
  /// Prunable tensors left whole, by name.
  package let excluded: [String]
  /// Fractions kept of tensors that are ranked by themselves, whatever the scope, by name; `density` is
  /// that of the others. `nil` for none.
  package let ownDensities: [String: Density]?

  /// A mask's recipe.
  package init(
    problem: Problem, scores: Scores, density: Density, scope: Scope, selection: Selection,
    excluded: [String], ownDensities: [String: Density] = [:]
  ) {
    self.problem = problem
    self.scores = scores
    self.density = density
    self.scope = scope
    self.selection = selection
    self.excluded = excluded
    // Left out of the recipe where empty, so that masks without keep the keys they had.
    self.ownDensities = ownDensities.isEmpty ? nil : ownDensities
  }
}

/// The mask in the role ``InputRole/mask``, permuted within each layer.
package struct ShuffleRecipe: Hashable, Sendable, Codable {
  /// Network and data.
  package let problem: Problem
  /// Draws the permutations.
  package let stream: StreamPath

  /// A shuffle's recipe.
  package init(problem: Problem, stream: StreamPath) {
    self.problem = problem
    self.stream = stream
  }
}

/// A mask from a file of the user's.
package struct ImportedMaskRecipe: Hashable, Sendable, Codable {
  /// Network and data.
  package let problem: Problem
  /// SHA-256 of the file.
  package let digest: String
  /// The density that the suite states for it; the counts it has are recorded beside.
  package let density: Density

  /// An imported mask's recipe.
  package init(problem: Problem, digest: String, density: Density) {
    self.problem = problem
    self.digest = digest
    self.density = density
  }
}
