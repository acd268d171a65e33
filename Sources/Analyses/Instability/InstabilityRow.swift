import Recipes
import Suites

/// A point of a segment between two siblings: a row of records.csv.
struct InstabilityRow: PathRow {
  /// Which network.
  var network = Subnetwork.dense
  /// Number of the initialization, from 1.
  var replicate = 1
  /// The step at which the siblings part, and the same in optimizer steps.
  var step = Step.zero
  var iteration = 0
  /// Numbers of the siblings' orders, from 1, ascending.
  var (first, second) = (1, 2)
  /// Batch norm's statistics; `nil` where a sibling's training diverged, so that there is no segment.
  var statistics: StatisticsPolicy?
  /// The place on the segment from 0 to 1.
  var position: Double?
  /// What was measured there.
  var measured = Measured()
  /// The distance of the siblings, and the angles between them in degrees, seen from 0 and from their parent.
  var distance, angle, angleFromParent: Double?
  /// The fraction of test examples that they predict differently, and the one were they independent.
  var disagreement, expectedDisagreement: Double?
  /// Their distances from their parent.
  var firstFromParent, secondFromParent: Double?

  init() {}

  static var columns: [Column<InstabilityRow>] {
    [
      Column("network", \.network.method, .name), Column("density", \.network.density, .density),
      Column("replicate", \.replicate, .number), Column("from", \.step, .step),
      Column("iteration", \.iteration, .count), Column("first", \.first, .number),
      Column("second", \.second, .number), Column("statistics", \.statistics, .choice),
      Column("position", \.position, .finite),
    ] + Measured.columns(\.measured) + [
      Column("distance", \.distance, .finite), Column("angle", \.angle, .finite),
      Column("angle_from_parent", \.angleFromParent, .finite),
      Column("disagreement", \.disagreement, .finite),
      Column("expected_disagreement", \.expectedDisagreement, .finite),
      Column("first_from_parent", \.firstFromParent, .finite, isNeeded: false),
      Column("second_from_parent", \.secondFromParent, .finite, isNeeded: false),
    ]
  }

  static var identity: [String] {
    ["network", "density", "replicate", "from", "first", "second", "statistics", "position"]
  }
}

extension InstabilityRow {
  /// A segment that there is none of.
  init(_ cell: InstabilityCell) {
    (network, replicate, step) = (cell.network, cell.replicate, cell.step)
    (iteration, first, second) = (cell.iteration, cell.first, cell.second)
  }

  /// The points of a segment, policy by policy.
  static func rows(_ cell: InstabilityCell, _ path: SegmentResult, _ policies: [StatisticsPolicy])
    -> [InstabilityRow]
  {
    let (geometry, disagreement) = (path.geometry, path.disagreement)
    var whole = InstabilityRow(cell)
    (whole.distance, whole.angle) = (geometry.distance, geometry.angle)
    whole.angleFromParent = geometry.fromParent?.angle
    whole.disagreement = disagreement?.fraction
    whole.expectedDisagreement = disagreement?.expected
    whole.firstFromParent = geometry.fromParent?.start
    whole.secondFromParent = geometry.fromParent?.end
    return whole.along(path, policies)
  }
}
