package import Randomness

/// How weights move, step by step: all that decides what a network is after any number of steps, but the mask,
/// which is an input in the role ``InputRole/mask``, and where weights that are no draw come from, an input in the
/// role ``InputRole/weights``.
///
/// What is measured or kept on the way is no part of it, so that everything asked of one walk is made in one pass.
package struct WalkRecipe: Hashable, Sendable, Codable {
  /// Network and data.
  package let problem: Problem
  /// Weights before the first step.
  package let start: WeightsSource
  /// Optimizer, schedule, batches, duration.
  package let training: TrainingSpecification
  /// Draws the order of examples and their augmentation, per epoch.
  package let order: StreamPath
  /// Optimizer steps since initialization before the first: the data order goes on from there.
  package let firstStep: Int
  /// Added to a step before the learning-rate schedule is asked.
  package let scheduleOffset: Int
  /// Processor.
  package let device: DeviceKind
  /// Arithmetic.
  package let precision: Precision

  /// A walk's recipe.
  package init(
    problem: Problem, start: WeightsSource, training: TrainingSpecification, order: StreamPath,
    firstStep: Int = 0, scheduleOffset: Int = 0, device: DeviceKind = .cpu,
    precision: Precision = .float32
  ) {
    self.problem = problem
    self.start = start
    self.training = training
    self.order = order
    self.firstStep = firstStep
    self.scheduleOffset = scheduleOffset
    self.device = device
    self.precision = precision
  }

  /// Where the walk ends.
  package var end: Int {
    training.duration.iterations(
      perEpoch: problem.dataset.stepsPerEpoch(batchSize: training.batchSize))
  }

  /// Whether going on from a state gives the bits that a pass from the beginning gives. A GPU adds in an order of
  /// its own each time.
  package var isExact: Bool { device == .cpu }

  /// Files from which a walk goes on, or others read its weights, after `step` steps; moments only where steps
  /// follow.
  package func files(ofStateAfter step: Int) -> Set<String> {
    let goesOn = isExact && step < end && training.optimizer.momentsPerWeight > 0
    return Set([ArtifactFile.weights(after: step)] + (goesOn ? [ArtifactFile.moments] : []))
  }
}

/// The network after `step` steps since initialization.
package struct StateRecipe: Hashable, Sendable, Codable {
  /// How it came to be.
  package let walk: WalkRecipe
  /// Optimizer steps since initialization, those before ``WalkRecipe/firstStep`` among them.
  package let step: Int

  /// A state's recipe.
  package init(walk: WalkRecipe, step: Int) {
    self.walk = walk
    self.step = step
  }
}

/// What is seen from the first step of a walk on.
package struct TraceRecipe: Hashable, Sendable, Codable {
  /// What is looked at.
  package let walk: WalkRecipe
  /// The last step that is seen, always evaluated.
  package let end: Int
  /// Steps between evaluations on the validation split, counted from initialization.
  package let every: Int
  /// The validation split, and the test split where that is evaluated at the lowest validation loss.
  package let splits: [Split]

  /// A trace's recipe; the order in which `splits` are given does not matter.
  package init(walk: WalkRecipe, end: Int, every: Int, splits: Set<Split>) {
    self.walk = walk
    self.end = end
    self.every = every
    self.splits = Split.allCases.filter(splits.contains)
  }
}

extension OptimizerSpecification {
  /// Numbers that the optimizer remembers for every weight.
  package var momentsPerWeight: Int {
    switch self {
    case .sgd(_, let momentum, _, _): momentum == 0 ? 0 : 1
    case .adam, .adamW: 2
    }
  }
}
