import Recipes
import Suites

/// A point of a line between two networks: a row of records.csv.
struct AlignmentRow: PathRow {
  /// Which line.
  enum Line: String, CaseIterable {
    /// To the partner as it is.
    case before
    /// To the partner with its units relabelled.
    case after
    /// None: the training of a network diverged.
    case diverged
  }

  /// Number of the replicate, from 1.
  var replicate = 1
  /// Which line.
  var line = Line.before
  /// Batch norm's statistics.
  var statistics: StatisticsPolicy?
  /// The place on the line from 0 to 1.
  var position: Double?
  /// What was measured there.
  var measured = Measured()
  /// The distance of the line's ends.
  var distance: Double?
  /// Units that the matching moved, and units.
  var moved, units: Int?
  /// The inner product of the line's ends, and the steps that the matching took.
  var objective: Double?
  var steps: Int?
  /// Units moved and units of each group.
  var groups: [LayerCount] = []

  init() {}

  static var columns: [Column<AlignmentRow>] {
    [
      Column("replicate", \.replicate, .number), Column("line", \.line, .choice),
      Column("statistics", \.statistics, .choice), Column("position", \.position, .finite),
    ] + Measured.columns(\.measured) + [
      Column("distance", \.distance, .finite), Column("moved", \.moved, .count),
      Column("units", \.units, .count), Column("objective", \.objective, .finite),
      Column("steps", \.steps, .count),
    ]
  }

  static var layers: LayerColumns<AlignmentRow>? {
    LayerColumns("moved", "units", \.groups)
  }

  static var identity: [String] { ["replicate", "line", "statistics", "position"] }
}

extension AlignmentRow {
  /// The points of both lines, policy by policy.
  static func rows(
    _ replicate: Int, _ matching: AlignmentResult, before: SegmentResult, after: SegmentResult,
    _ policies: [StatisticsPolicy]
  ) -> [AlignmentRow] {
    [(Line.before, before), (.after, after)].flatMap { line, path in
      var whole = AlignmentRow()
      (whole.replicate, whole.line, whole.distance) = (replicate, line, path.geometry.distance)
      (whole.moved, whole.units) = (matching.moved, matching.units)
      whole.objective = line == .before ? matching.objectives.first : matching.objectives.last
      whole.steps = matching.objectives.count - 1
      whole.groups = matching.groups.map {
        LayerCount(name: $0.name, size: $0.size, kept: $0.moved)
      }
      return whole.along(path, policies)
    }
  }
}
