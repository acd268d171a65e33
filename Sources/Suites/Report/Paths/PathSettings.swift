package import Recipes
package import Reports

/// What is settled about measurements along paths.
package protocol PathSettings {
  /// Batch norm's statistics: one policy for networks without batch norm.
  var policies: [StatisticsPolicy] { get }
  /// Whether anything is measured on training examples.
  var measuresTraining: Bool { get }
}

extension PathSettings {
  /// The splits that were measured, the test split first.
  package var splits: [PathSplit] { measuresTraining ? [.test, .train] : [.test] }

  /// A policy's words where there are several.
  package func words(_ policy: Int) -> String {
    policies.count > 1 ? ", \(policies[policy].words)" : ""
  }

  /// One panel for each policy and split, with the lines that `series` gives.
  package func panels(_ series: (PathSplit, Int) throws -> [LineChart.Series]) rethrows
    -> [LineChart.Panel]
  {
    try policies.indices.flatMap { policy in
      try splits.map { split in
        LineChart.Panel(split.rawValue + words(policy), try series(split, policy))
      }
    }
  }
}

/// A row about a point of a path.
package protocol PathRow: TableRow {
  /// Batch norm's statistics.
  var statistics: StatisticsPolicy? { get set }
  /// The place on the path from 0 to 1.
  var position: Double? { get set }
  /// What was measured there.
  var measured: Measured { get set }
}

extension PathRow {
  /// The points of `segment`, policy by policy; this row says what holds for all of it.
  package func along(_ segment: SegmentResult, _ policies: [StatisticsPolicy]) -> [Self] {
    policies.enumerated().flatMap { index, policy in
      zip(segment.positions, segment.evaluations).map { position, point in
        var row = self
        (row.statistics, row.position) = (policy, position)
        row.measured = Measured(point[index])
        return row
      }
    }
  }
}
