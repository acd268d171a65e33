package import Recipes

/// What a suite measures at the points of a path, a curve or a plane.
package struct MeasurementDesign: Hashable, Sendable {
  /// Training examples that training error is measured on; 0 for none.
  package let trainingExamples: Int
  /// Batch norm's statistics, in the suite's order.
  package let statistics: [StatisticsPolicy]
  /// Training examples that statistics are computed anew on.
  package let statisticsExamples: Int

  /// The measurement of `suite`'s networks; all points of a suite are measured on the same examples.
  package func measurement(of suite: Suite) -> PointMeasurement {
    PointMeasurement(
      of: suite.problem, trainingExamples: trainingExamples, statistics: statistics,
      statisticsExamples: statisticsExamples, seed: suite.seed)
  }

  /// A segment between the last weights of two of `suite`'s networks, evenly spaced `points` of which are measured.
  ///
  /// - Parameter parent: the weights that distances are measured from; none unless stated.
  package func segment(of suite: Suite, points: Int, parent: WeightsSource? = nil) -> SegmentRecipe
  {
    SegmentRecipe(
      problem: suite.problem, startIteration: suite.duration, endIteration: suite.duration,
      points: points, measurement: measurement(of: suite), parent: parent,
      precision: suite.precision)
  }
}

/// Keys of suites that measure points of paths or planes.
package protocol MeasurementKey: SuiteKey {
  static var trainingExamples: Self { get }
  static var batchNorm: Self { get }
  static var statisticsExamples: Self { get }
}

extension Fields where Key: MeasurementKey {
  /// Reads `training-examples:`, `batch-norm:` and `statistics-examples:`, each of which may be left out.
  ///
  /// - Parameter usual: policies of batch norm's statistics where none are stated.
  package func measurement(
    _ frame: SuiteFrame, usual: [StatisticsPolicy] = StatisticsPolicy.allCases
  ) -> MeasurementDesign {
    frame.measurement(
      trainingExamples: self[.trainingExamples], statistics: self[.batchNorm],
      statisticsExamples: self[.statisticsExamples], usual: usual)
  }
}

extension SuiteFrame {
  /// Reads what is measured, each part of which may be left out.
  package func measurement(
    trainingExamples: Field?, statistics: Field? = nil, statisticsExamples: Field? = nil,
    usual: [StatisticsPolicy] = StatisticsPolicy.allCases
  ) -> MeasurementDesign {
    let largest = dataset?.trainCount ?? .max
    if let program = network?.program {
      for field in [trainingExamples, statisticsExamples] {
        field?.report(
          .inapplicable(
            owner: "networks of a program, which evaluates whole splits", remedy: "remove it"))
      }
      let policies = statistics?.policies()
      if policies?.contains(.recomputed) == true, let statistics {
        requireVerbs(["statistics"], of: StatisticsPolicy.recomputed.words, at: statistics)
      }
      let recomputes = program.description.verbs.contains("statistics")
      return MeasurementDesign(
        trainingExamples: 0, statistics: policies ?? (recomputes ? usual : [.interpolated]),
        statisticsExamples: largest)
    }
    if let network, let dataset, !Problem(network: network, dataset: dataset).normalizes {
      for field in [statistics, statisticsExamples] {
        field?.report(
          .inapplicable(owner: "networks without batch norm", remedy: "remove it"))
      }
    }
    let policies = statistics?.policies()
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
      statistics: policies ?? usual,
      statisticsExamples: stated ?? (isOdd ? max(1, standard - 1) : standard))
  }
}

extension Field {
  /// Reads one policy of batch norm's statistics, or a list.
  fileprivate func policies() -> [StatisticsPolicy] {
    let found =
      node.sequence == nil
      ? name("policy of batch norm's statistics").map { [$0] }
      : nonEmpty("a list such as [interpolate, recompute]", least: "at least one policy") {
        $0.name("policy of batch norm's statistics", as: StatisticsPolicy.self)
      }
    return found ?? []
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
