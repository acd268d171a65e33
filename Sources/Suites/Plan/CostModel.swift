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
    let (descriptor, classes) = (criterion.descriptor, problem.dataset.source.classes)
    let examples = descriptor.readsData ? Double(scoring.examples.count(classes: classes)) : 1
    let passes = examples * descriptor.cost.passes(criterion.options, prunable.map(\.count))
    return Self.least + descriptor.cost.start + passes * operations / Self.rate + weights
      * Self.perWeight
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
