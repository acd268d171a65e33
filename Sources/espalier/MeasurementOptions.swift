import ArgumentParser
import Recipes
import Suites

extension StatisticsPolicy: ExpressibleByArgument {}

/// What commands on files of the user's measure at the points of a path, a curve or a plane.
struct MeasurementOptions: ParsableArguments {
  @OptionGroup var datasetOptions: DatasetOptions

  @Option(help: "Training examples that training error is measured on. 0 for none.")
  var trainingExamples = 10_000

  @Option(
    help: """
      Batch norm's statistics between networks: interpolate or recompute; may be repeated. Default: both.
      """)
  var batchNorm: [StatisticsPolicy] = []

  @Option(help: "Training examples that statistics are recomputed on.")
  var statisticsExamples = PointMeasurement.standardStatisticsExamples

  @Option(help: "Root of the random streams.")
  var seed: UInt64 = 1

  func validate() throws {
    try trainingExamples.require(in: 0...1_000_000_000, for: "--training-examples")
    try statisticsExamples.require(in: 1...1_000_000_000, for: "--statistics-examples")
  }

  /// The problem of `network`, where its files are, and what is measured.
  func found(for network: NetworkSpecification) throws -> MeasuredProblem {
    let dataset = try datasetOptions.found(seed: seed)
    let source = dataset.specification.source
    // Throws where the layers do not fit, before anything asks for the tensors.
    _ = try network.architecture(input: source.shape, classes: source.classes)
    let problem = Problem(network: network, dataset: dataset.specification)
    let count = dataset.specification.trainCount
    return MeasuredProblem(
      problem: problem, dataPaths: dataset.paths,
      measurement: PointMeasurement(
        of: problem, trainingExamples: min(trainingExamples, count),
        statistics: StatisticsPolicy.allCases.filter {
          batchNorm.isEmpty || batchNorm.contains($0)
        }, statisticsExamples: min(statisticsExamples, count), seed: seed))
  }
}
