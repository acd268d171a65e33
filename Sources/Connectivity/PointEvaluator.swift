package import Datasets
package import Networks
import Randomness
package import Recipes
import Training

/// Measures error and loss of weights between networks, all points on the same examples.
package struct PointEvaluator {
  /// Architecture.
  package let network: Network
  /// Data.
  package let dataset: Dataset
  /// What is measured.
  package let measurement: PointMeasurement
  /// Arithmetic of the evaluations.
  package let precision: Precision

  let trainingSubset: [Int32]
  let statisticsSubset: [Int32]
  let testIndices: [Int32]

  /// An evaluator; both subsets are prefixes of one draw from the training split, which they may exhaust.
  package init(
    _ network: Network, _ dataset: Dataset, _ measurement: PointMeasurement,
    precision: Precision = .float32
  ) {
    self.network = network
    self.dataset = dataset
    self.measurement = measurement
    self.precision = precision
    let indices = dataset.trainingIndices
    var stream = RandomStream(measurement.stream)
    let order = stream.permutation(of: indices.count)
    // In file order, so that equal subsets make equal batches.
    func subset(_ count: Int) -> [Int32] { order.prefix(count).sorted().map { indices[$0] } }
    trainingSubset = subset(measurement.trainingExamples)
    statisticsSubset = subset(measurement.statisticsExamples)
    testIndices = dataset.indices(of: .test)
  }

  /// The measurement of `weights` under each policy, in the measurement's order; weights that are not
  /// finite, or give losses that are not, have an evaluation whose loss is `nil`.
  package func evaluate(_ weights: Weights) throws -> [PointEvaluation] {
    try measurement.statistics.map { policy in
      let weights = try prepared(weights, policy)
      return PointEvaluation(
        train: trainingSubset.isEmpty
          ? nil
          : try network.evaluate(
            weights, examples: trainingSubset, of: .train, of: dataset, in: precision),
        test: try network.evaluate(
          weights, examples: testIndices, of: .test, of: dataset, in: precision))
    }
  }

  /// `weights` with the statistics that `policy` gives them.
  func prepared(_ weights: Weights, _ policy: StatisticsPolicy) throws -> Weights {
    switch policy {
    case .interpolated: weights
    case .recomputed:
      try network.recomputingStatistics(of: weights, on: statisticsSubset, of: dataset)
    }
  }
}
