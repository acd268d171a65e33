package import Randomness

/// What a training records beyond its accuracy.
package enum TrainingMeasure: String, Hashable, Sendable, Codable, CaseIterable {
  /// Evaluation on the test split at the step of the lowest validation loss.
  case testAtEarlyStop = "test-at-early-stop"
  /// Sign changes and distance between the first weights and the last.
  case change
}

/// A training, dense or of a subnetwork (its mask in the role ``InputRole/mask``).
package struct TrainingRecipe: Work {
  package static let kind = "training"
  // 2: what diverges has one encoding; which examples are right is kept.
  package static let schema = 2

  /// Network and data.
  package let problem: Problem
  /// Weights at the first step.
  package let weights: WeightsSource
  /// Optimizer, schedule, duration.
  package let training: TrainingSpecification
  /// Draws the order of examples, per epoch.
  package let order: StreamPath
  /// Steps after which weights are kept as files.
  package let keeps: [Int]
  /// Optimizer step at which training starts: data order continues there.
  package let start: Int
  /// Step at which the learning-rate schedule resumes; `start` unless stated.
  package let scheduleStart: Int
  /// For the reinitialize ablation: the weights it stands against, for the audit.
  package let reinitializes: WeightsSource?
  /// Processor.
  package let device: DeviceKind
  /// Arithmetic.
  package let precision: Precision
  /// What is recorded beyond accuracies; `nil` for nothing.
  package let measures: [TrainingMeasure]?

  /// A training's recipe; the order in which `measures` are given does not matter.
  package init(
    problem: Problem, weights: WeightsSource, training: TrainingSpecification, order: StreamPath,
    keeps: [Int], start: Int, scheduleStart: Int, reinitializes: WeightsSource?,
    device: DeviceKind = .cpu, precision: Precision = .float32,
    measures: Set<TrainingMeasure> = []
  ) {
    self.problem = problem
    self.weights = weights
    self.training = training
    self.order = order
    self.keeps = keeps
    self.start = start
    self.scheduleStart = scheduleStart
    self.reinitializes = reinitializes
    self.device = device
    self.precision = precision
    // Left out of the recipe where empty, so that trainings without keep the keys they had.
    self.measures = measures.isEmpty ? nil : TrainingMeasure.allCases.filter(measures.contains)
  }
}

extension TrainingRecipe {
  package var reads: [Reading] {
    let other = reinitializes?.reads.filter { !weights.reads.contains($0) } ?? []
    return weights.reads + other + [.mask()]
  }

  package var cost: Double {
    let perEpoch = problem.dataset.stepsPerEpoch(batchSize: training.batchSize)
    return training.cost(
      of: problem, steps: training.duration.iterations(perEpoch: perEpoch) - start,
      testsAtEarlyStop: measures?.contains(.testAtEarlyStop) == true)
  }

  package var memory: Double { training.memory(of: problem, precision) }
}

extension TrainingSpecification {
  /// Seconds of `steps` optimizer steps with their evaluations; those on the test split at every new lowest
  /// validation loss are taken to be every second one.
  func cost(of problem: Problem, steps: Int, testsAtEarlyStop: Bool = false) -> Double {
    let dataset = problem.dataset
    let perEpoch = dataset.stepsPerEpoch(batchSize: batchSize)
    let evaluations = Double(steps / max(1, evaluateEvery.iterations(perEpoch: perEpoch)))
    let examples = Double(steps) * Double(dataset.trainCount) / Double(perEpoch)
    let tests =
      1 + (testsAtEarlyStop && dataset.validation > 0 ? (evaluations / 2).rounded(.down) : 0)
    let evaluated =
      evaluations * Double(dataset.validation) + tests * Double(dataset.source.testCount)
    // A forward pass is about a third of a step.
    return Estimate.least + (examples + evaluated / 3) * problem.sizes.operations / Estimate.rate
  }

  /// Bytes of the data, the weights with what moves them, and a step's or an evaluation's outputs.
  func memory(of problem: Problem, _ precision: Precision) -> Double {
    let sizes = problem.sizes
    let moments: Double =
      switch optimizer {
      case .sgd(_, let momentum, _, _): momentum == 0 ? 0 : 1
      case .adam, .adamW: 2
      }
    let size: Double =
      switch precision {
      case .float32: 4
      case .bfloat16: 2
      }
    // Weights at the start and now, gradients, one tensor's copies in another layout, the mask.
    let perWeight = 4 * (4 + moments) + 1
    // Outputs, of which batch norm's are not kept, and their gradients, of which few are alive at once:
    // measured 1.3 numbers per output. An evaluation keeps only the latest.
    let step = 3 * sizes.activations * Double(batchSize) / 2
    let evaluation = 4 * sizes.largestActivation * Estimate.evaluationBatch
    return problem.datasetMemory + perWeight * sizes.weights + size * max(step, evaluation)
  }
}
