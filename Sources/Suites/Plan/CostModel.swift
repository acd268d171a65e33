import Recipes

/// Rough seconds of work on one core, for estimates before anything was measured.
struct CostModel {
  /// Network and data.
  let problem: Problem

  /// Floating-point operations per second of one core.
  private static let rate = 4e10
  /// Seconds per weight for ranking, permuting, writing.
  private static let perWeight = 3e-8
  /// Seconds of an artifact that does nothing: reading, writing, syncing.
  private static let least = 0.05

  /// So many optimizer steps.
  func steps(_ count: Int, of training: TrainingSpecification) -> Double {
    let perEpoch = problem.dataset.stepsPerEpoch(batchSize: training.batchSize)
    let examples = Double(count) * Double(problem.dataset.trainCount) / Double(perEpoch)
    return examples * operations / Self.rate
  }

  /// A state beside its steps: an evaluation on the test split.
  var test: Double { Self.least + pass(over: problem.dataset.source.testCount) }

  /// Evaluations on the validation split, and where `tests` on the test split at every new lowest validation loss,
  /// which is taken to be every second one.
  func trace(evaluations: Int, tests: Bool) -> Double {
    let dataset = problem.dataset
    return Self.least + Double(evaluations) * pass(over: dataset.validation)
      + (tests ? Double(evaluations / 2) * pass(over: dataset.source.testCount) : 0)
  }

  /// A forward pass is about a third of a step.
  private func pass(over examples: Int) -> Double {
    Double(examples) / 3 * operations / Self.rate
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
            * Double(1 + 2 * diagonal.products(of: prunable.map(\.count))), 0
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

  private var operations: Double {
    let source = problem.dataset.source
    return problem.network.trainingOperations(input: source.shape, classes: source.classes)
  }

  private var prunable: [TensorSpecification] { problem.tensors.filter(\.isPrunable) }

  private var weights: Double { Double(problem.prunableCount(excluding: [])) }
}
