package import Recipes

/// A question with everything that answering it takes.
package struct Suite: Hashable, Sendable {
  /// The question as the report asks it.
  package let question: String
  /// Root of every random stream.
  package let seed: UInt64
  /// Independent draws of initialization and data order.
  package let replicates: Int
  /// Network and data.
  package let problem: Problem
  /// How networks start.
  package let initializer: InitializerSpecification
  /// How networks are trained.
  package let training: TrainingSpecification
  /// Time between evaluations on the validation split, which find the early-stopping step.
  package let evaluateEvery: Step
  /// What trainings compute in.
  package let precision: Precision
  /// Where trainings compute; scores, and everything between networks, are computed on the CPU.
  package let device: DeviceKind
  /// What is asked of them.
  package let analysis: Analysis

  /// What is asked of the networks: one case per analysis.
  package enum Analysis: Hashable, Sendable {
    /// Methods against their own ablations.
    case ablation(AblationDesign)
    /// Which compression empties a layer.
    case collapse(CollapseDesign)
    /// Whether layers and hidden units share their scores alike.
    case conservation(ConservationDesign)
    /// Which schedules prune less than a cut.
    case schedule(ScheduleDesign)
    /// From which step on training is stable to the noise of its data order.
    case instability(InstabilityDesign)
    /// Tickets against the dense network and their controls.
    case lottery(LotteryDesign)
    /// Whether curves join networks that the segment does not.
    case curve(CurveDesign)
    /// What lies between three networks.
    case plane(PlaneDesign)
    /// Whether two networks differ by the order of their units.
    case alignment(AlignmentDesign)
    /// Whether a path through half-width networks joins two networks.
    case dropoutStability(DropoutStabilityDesign)
  }

  /// A suite.
  package init(
    question: String, seed: UInt64, replicates: Int, problem: Problem,
    initializer: InitializerSpecification, training: TrainingSpecification,
    evaluateEvery: Step = Step(epochs: 1, iterations: 0), precision: Precision = .float32,
    device: DeviceKind = .cpu, analysis: Analysis
  ) {
    self.question = question
    self.seed = seed
    self.replicates = replicates
    self.problem = problem
    self.initializer = initializer
    self.training = training
    self.evaluateEvery = evaluateEvery
    self.precision = precision
    self.device = device
    self.analysis = analysis
  }

  /// Optimizer steps per epoch.
  package var stepsPerEpoch: Int {
    problem.dataset.stepsPerEpoch(batchSize: training.batchSize)
  }

  /// Optimizer steps of a training from initialization.
  package var duration: Int { training.duration.iterations(perEpoch: stepsPerEpoch) }

  /// Optimizer steps before `point`.
  package func iterations(before point: TrainingPoint) -> Int {
    switch point {
    case .step(let step): step.iterations(perEpoch: stepsPerEpoch)
    case .last: duration
    }
  }
}
