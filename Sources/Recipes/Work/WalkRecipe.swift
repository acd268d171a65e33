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

  /// The step at which a program's learning-rate schedule ends: that of fine-tuning is over from its first step on.
  package var scheduleEnd: Int { scheduleOffset > 0 ? scheduleOffset : end }

  /// Whether going on from a state gives the bits that a pass from the beginning gives. A GPU adds in an order of
  /// its own each time, and programs say whether they repeat themselves.
  package var isExact: Bool {
    device == .cpu && problem.network.program?.description.deterministic ?? true
  }

  /// Files from which a walk goes on, or others read its weights, after `step` steps; moments only where steps
  /// follow.
  package func files(ofStateAfter step: Int) -> Set<String> {
    let goesOn = isExact && step < end && training.optimizer.momentsPerWeight > 0
    let memory = problem.network.program == nil ? ArtifactFile.moments : ArtifactFile.memory
    return Set([ArtifactFile.weights(after: step)] + (goesOn ? [memory] : []))
  }

  /// What all artifacts of the walk read.
  var reads: [Reading] { start.reads + [.mask()] }

  /// Seconds of so many optimizer steps.
  package func cost(ofSteps count: Int) -> Double { training.cost(of: problem, steps: count) }

  /// Bytes of the data, the weights with what moves them, and a step's or an evaluation's outputs.
  var memory: Double { training.memory(of: problem, precision) }
}

/// A part of a walk, made with all that is asked of it in one pass.
package protocol WalkPart: Work {
  /// How weights move.
  var walk: WalkRecipe { get }
  /// The step at which the part is made.
  var position: Int { get }
}

extension WalkPart {
  package var reads: [Reading] { walk.reads }
  package var dataset: DatasetSpecification? { walk.problem.dataset }
  package var memory: Double { walk.memory }
  package var command: CommandSpecification? { walk.problem.network.program?.command }
}

extension TrainingSpecification {
  /// Seconds of so many optimizer steps.
  func cost(of problem: Problem, steps: Int) -> Double {
    let dataset = problem.dataset
    let perEpoch = dataset.stepsPerEpoch(batchSize: batchSize)
    let examples = Double(steps) * Double(dataset.trainCount) / Double(max(1, perEpoch))
    return examples * problem.sizes.operations / Estimate.rate
  }

  /// Bytes of the data, the weights with what moves them, and a step's or an evaluation's outputs.
  func memory(of problem: Problem, _ precision: Precision) -> Double {
    let sizes = problem.sizes
    let size: Double =
      switch precision {
      case .float32: 4
      case .bfloat16: 2
      }
    // Weights at the start and now, gradients, one tensor's copies in another layout, the mask.
    let perWeight = 4 * (4 + Double(optimizer.momentsPerWeight)) + 1
    // Outputs, of which batch norm's are not kept, and their gradients, of which few are alive at once:
    // measured 1.3 numbers per output. A graph keeps norms' outputs and what dropout multiplies by too: at most 3. An
    // evaluation keeps only the latest.
    let perOutput = sizes.hasProgram ? 1.5 : 3
    let step = perOutput * sizes.activations * Double(batchSize)
    let evaluation = 4 * sizes.largestActivation * Estimate.evaluationBatch
    return problem.datasetMemory + perWeight * sizes.weights + size * max(step, evaluation)
  }
}

extension Problem {
  /// Seconds of an evaluation; a forward pass is about a third of a step.
  func cost(ofEvaluating examples: Int) -> Double {
    Double(examples) / 3 * sizes.operations / Estimate.rate
  }
}
