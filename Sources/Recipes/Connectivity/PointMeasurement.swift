package import Randomness

/// Batch norm's statistics at a point between networks, where nothing was trained.
package enum StatisticsPolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// The same combination of the ends' running statistics as of their weights.
  case interpolated = "interpolate"
  /// Computed anew on training examples: means and unbiased variances of batches, averaged over them
  /// (Garipov et al., NeurIPS 2018, section 4; Izmailov et al., UAI 2018, section 3.2).
  case recomputed = "recompute"
}

/// What is measured at the points of a path, a curve or a plane.
package struct PointMeasurement: Hashable, Sendable, Codable {
  /// Examples of the training split that the training error is measured on; 0 for none.
  package let trainingExamples: Int
  /// Draws those examples.
  package let stream: StreamPath
  /// Policies side by side; one alone for networks without batch norm, which all policies leave alike.
  package let statistics: [StatisticsPolicy]
  /// Training examples that statistics are computed anew on, the first of the same draw.
  package let statisticsExamples: Int

  /// A measurement of networks of `problem` in the one form that equal measurements have: networks without
  /// batch norm have one policy and read no examples for statistics.
  package init(
    of problem: Problem, trainingExamples: Int, statistics: [StatisticsPolicy],
    statisticsExamples: Int, seed: UInt64
  ) {
    let policies = problem.normalizes ? statistics : [.interpolated]
    self.init(
      trainingExamples: trainingExamples, stream: StreamPath(seed: seed) / "measured examples",
      statistics: policies,
      statisticsExamples: policies.contains(.recomputed) ? statisticsExamples : 0)
  }

  /// Training examples that statistics are computed anew on, unless told otherwise.
  package static let standardStatisticsExamples = 5000

  /// Examples per batch that statistics are computed anew on: so large that the variances' bias does not
  /// matter.
  package static let statisticsBatch = 500

  /// Bytes of weights that are evaluated together, so that each batch is made once for all of them.
  package static let groupBytes = 128_000_000

  /// A measurement.
  package init(
    trainingExamples: Int, stream: StreamPath, statistics: [StatisticsPolicy],
    statisticsExamples: Int
  ) {
    self.trainingExamples = trainingExamples
    self.stream = stream
    self.statistics = statistics
    self.statisticsExamples = statisticsExamples
  }

  /// Seconds of evaluations of `count` points between networks on the test split and a part of the training
  /// split.
  func cost(ofPoints count: Int, _ problem: Problem) -> Double {
    let measured = Double(problem.dataset.source.testCount) + Double(trainingExamples)
    let examples = Double(statistics.count) * measured + Double(statisticsExamples)
    return Estimate.least + Double(count) * examples / 3 * problem.sizes.operations / Estimate.rate
  }

  /// Bytes of the data, a few networks, the group of points evaluated together, and the pass that computes
  /// statistics anew.
  func memory(ofPoints count: Double, _ problem: Problem) -> Double {
    let sizes = problem.sizes
    let point = 4 * sizes.weights * Double(statistics.count)
    let group = max(point, min(Double(Self.groupBytes), count * point))
    let pass = 4 * 3 * sizes.largestActivation * Estimate.evaluationBatch
    return problem.datasetMemory + 5 * 4 * sizes.weights + group + pass
  }
}

/// Error and loss at one point under one policy.
package struct PointEvaluation: Hashable, Sendable, Codable {
  /// On the fixed subset of the training split; `nil` where none was asked for.
  package let train: Evaluation?
  /// On the test split.
  package let test: Evaluation

  /// An evaluation of a point.
  package init(train: Evaluation?, test: Evaluation) {
    self.train = train
    self.test = test
  }
}

extension Evaluation {
  /// Classification error in percent.
  package var error: Double { 100 - accuracy }
}
