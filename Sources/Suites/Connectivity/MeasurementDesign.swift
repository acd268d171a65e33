package import Recipes

/// What a suite measures at the points of a path, a curve or a plane.
package struct MeasurementDesign: Hashable, Sendable {
  /// Training examples that training error is measured on; 0 for none.
  package let trainingExamples: Int
  /// Batch norm's statistics, in the suite's order.
  package let statistics: [StatisticsPolicy]
  /// Training examples that statistics are computed anew on.
  package let statisticsExamples: Int

  /// A design.
  package init(trainingExamples: Int, statistics: [StatisticsPolicy], statisticsExamples: Int) {
    self.trainingExamples = trainingExamples
    self.statistics = statistics
    self.statisticsExamples = statisticsExamples
  }

  /// The measurement of `suite`'s networks; all points of a suite are measured on the same examples.
  package func measurement(of suite: Suite) -> PointMeasurement {
    PointMeasurement(
      of: suite.problem, trainingExamples: trainingExamples, statistics: statistics,
      statisticsExamples: statisticsExamples, seed: suite.seed)
  }
}

extension SuiteFrame {
  /// Reads `training-examples:`, `batch-norm:` and `statistics-examples:`, each of which may be left out.
  package func measurement(
    trainingExamples: Field?, statistics: Field?, statisticsExamples: Field?
  ) -> MeasurementDesign {
    let largest = dataset?.trainCount ?? .max
    if let network, let dataset, !Problem(network: network, dataset: dataset).normalizes {
      for field in [statistics, statisticsExamples] {
        field?.report(
          .inapplicable(owner: "networks without batch norm", remedy: "remove it"))
      }
    }
    let policies = statistics.map { field in
      let found =
        field.node.sequence == nil
        ? field.name("policy of batch norm's statistics").map { [$0] }
        : field.distinct("a list such as [interpolate, recompute]") {
          $0.name("policy of batch norm's statistics", as: StatisticsPolicy.self)
        }
      if field.isEmptyList {
        field.report(.unexpected(found: "an empty list", expected: "at least one policy"))
      }
      return found ?? []
    }
    let stated = statisticsExamples?.integer(1...max(1, largest))
    if let stated, let statisticsExamples, policies?.contains(.recomputed) ?? true {
      checkBatches(
        stated, of: PointMeasurement.statisticsBatch, "examples for statistics",
        at: statisticsExamples)
    }
    let standard = min(PointMeasurement.standardStatisticsExamples, largest)
    let isOdd = leavesOne(standard, of: PointMeasurement.statisticsBatch, from: dataset)
    return MeasurementDesign(
      trainingExamples: trainingExamples?.integer(0...largest) ?? min(10_000, largest),
      statistics: policies ?? StatisticsPolicy.allCases,
      statisticsExamples: stated ?? (isOdd ? max(1, standard - 1) : standard))
  }
}

extension StatisticsPolicy {
  /// What reports call it.
  package var words: String {
    switch self {
    case .interpolated: "statistics interpolated"
    case .recomputed: "statistics recomputed"
    }
  }
}

extension SuiteFrame {
  /// The measurement of a curve or plane, on which statistics are recomputed unless stated otherwise.
  package func recomputedMeasurement(
    trainingExamples: Field?, statistics: Field?, statisticsExamples: Field?
  ) -> MeasurementDesign {
    let stated = measurement(
      trainingExamples: trainingExamples, statistics: statistics,
      statisticsExamples: statisticsExamples)
    return MeasurementDesign(
      trainingExamples: stated.trainingExamples,
      statistics: statistics == nil ? [.recomputed] : stated.statistics,
      statisticsExamples: stated.statisticsExamples)
  }
}

extension PointMeasurement {
  /// The same under the last policy alone: for networks with batch norm recomputed statistics where they are
  /// measured.
  package var underOnePolicy: PointMeasurement {
    let policy = statistics.contains(.recomputed) ? .recomputed : statistics[0]
    return PointMeasurement(
      trainingExamples: trainingExamples, stream: stream, statistics: [policy],
      statisticsExamples: policy == .recomputed ? statisticsExamples : 0)
  }
}
