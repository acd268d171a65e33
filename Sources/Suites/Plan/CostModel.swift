import Recipes

/// Rough seconds of work on one core, for estimates before anything was measured.
struct CostModel {
  private let problem: Problem
  private let size: ProblemSize

  /// The model of one network and data.
  init(problem: Problem) {
    self.problem = problem
    size = ProblemSize.of(problem)
  }

  /// Floating-point operations per second of one core.
  private static let rate = 4e10
  /// Seconds per weight for ranking, permuting, writing.
  private static let perWeight = 3e-8
  /// Seconds of an artifact that does nothing: reading, writing, syncing.
  private static let least = 0.05

  /// A training of `steps` optimizer steps, with its evaluations; those on the test split at every new lowest
  /// validation loss are taken to be every second one.
  func training(
    _ training: TrainingSpecification, steps: Int, testsAtEarlyStop: Bool = false
  ) -> Double {
    let dataset = problem.dataset
    let perEpoch = dataset.stepsPerEpoch(batchSize: training.batchSize)
    let evaluations = Double(
      steps / max(1, training.evaluateEvery.iterations(perEpoch: perEpoch)))
    let examples = Double(steps) * Double(dataset.trainCount) / Double(perEpoch)
    let tests =
      1 + (testsAtEarlyStop && dataset.validation > 0 ? (evaluations / 2).rounded(.down) : 0)
    let evaluated =
      evaluations * Double(dataset.validation) + tests * Double(dataset.source.testCount)
    // A forward pass is about a third of a step.
    return Self.least + (examples + evaluated / 3) * operations / Self.rate
  }

  /// Scores by `criterion`, computed once.
  func scores(_ criterion: CriterionSpecification, _ scoring: ScoringSpecification) -> Double {
    let examples = Double(scoring.examples.count(classes: problem.dataset.source.classes))
    // Gradients are computed in float64, at half the speed. GraSP differentiates twice, and so does every
    // Hessian–vector product of OBD; SynFlow takes one example; a command starts a program.
    let (passes, start) =
      switch criterion {
      case .random, .magnitude: (0.0, 0.0)
      case .gradient, .snip, .gradientMagnitude, .taylorFO: (2 * examples, 0)
      case .obd(let diagonal, _):
        (
          2 * examples
            * Double(1 + 2 * diagonal.products(of: size.prunable)), 0
        )
      case .grasp: (8 * examples, 0)
      case .synflow: (2, 0)
      case .command: (examples, 2)
      }
    return Self.least + start + passes * operations / Self.rate + weights * Self.perWeight
  }

  /// Evaluations of `count` points between networks on the test split and a part of the training split.
  func points(_ count: Int, _ measurement: PointMeasurement) -> Double {
    let measured =
      Double(problem.dataset.source.testCount) + Double(measurement.trainingExamples)
    let examples =
      Double(measurement.statistics.count) * measured + Double(measurement.statisticsExamples)
    return Self.least + Double(count) * examples / 3 * operations / Self.rate
  }

  /// One ascent of weight matching: some thirty assignments, each after products over both sides of a group.
  var alignment: Double { Self.least + 200 * weights * Self.perWeight }

  /// A mask from scores that are there, a shuffle, or a copy of a mask file.
  var mask: Double { Self.least + weights * Self.perWeight }

  private var operations: Double { size.operations }

  private var weights: Double { size.prunable.reduce(0) { $0 + Double($1) } }
}
