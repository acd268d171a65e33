import Recipes
import Suites

/// A point of a path or of its plane: a row of records.csv.
struct CurveRow: TableRow {
  /// What the row is about.
  enum Record: String, CaseIterable {
    /// A point of the path.
    case path
    /// A point of the grid in its plane.
    case plane
    /// One of the three networks that span the plane.
    case start, end, bend
    /// A curve whose own training diverged.
    case diverged
    /// A path whose ends' training diverged.
    case endless
  }

  /// What the row is about.
  var record = Record.path
  /// The ends: their method, ``Method/dense`` for whole networks, and the fraction kept.
  var network = Subnetwork.dense
  /// Number of the replicate, from 1.
  var replicate = 1
  /// The path's name.
  var path = ""
  /// Batch norm's statistics.
  var statistics: StatisticsPolicy?
  /// The place on the path from 0 to 1, and the arc length up to it; `nil` where bends are not finite.
  var t, length: Double?
  /// The place in the plane.
  var x, y: Double?
  /// What was measured.
  var measured = Measured()
  /// Error in percent and loss of the start together with this point.
  var ensembleError, ensembleLoss: Double?
  /// Error in percent of start, middle and end together; of the whole path, as all that follows.
  var trioError: Double?
  /// Distance of the ends, the mean of their norms, and the norm of the middle.
  var distance, endNorm, middleNorm: Double?
  /// Weights of bends that masks prune, and those that are exactly zero.
  var pruned, prunedAtZero: Int?

  init() {}

  static var columns: [Column<CurveRow>] {
    [
      Column("record", \.record, .choice), Column("network", \.network.method, .name),
      Column("density", \.network.density, .density), Column("replicate", \.replicate, .number),
      Column("path", \.path, .name), Column("statistics", \.statistics, .choice),
      Column("t", \.t, .finite), Column("length", \.length, .finite), Column("x", \.x, .finite),
      Column("y", \.y, .finite),
    ] + Measured.columns(\.measured) + [
      Column("ensemble_error", \.ensembleError, .finite),
      Column("ensemble_loss", \.ensembleLoss, .finite),
      Column("trio_error", \.trioError, .finite), Column("distance", \.distance, .finite),
      Column("end_norm", \.endNorm, .finite), Column("middle_norm", \.middleNorm, .finite),
      Column("pruned", \.pruned, .count), Column("pruned_at_zero", \.prunedAtZero, .count),
    ]
  }

  static var identity: [String] {
    ["record", "network", "density", "replicate", "path", "statistics", "t", "x", "y"]
  }
}

extension CurveRow {
  init(_ record: Record, _ cell: CurveCell) {
    (self.record, network, replicate, path) = (record, cell.network, cell.replicate, cell.path)
  }

  /// The points of one path, policy by policy.
  static func rows(
    _ cell: CurveCell, _ shape: CurveShape, _ points: CurvePointsResult, _ training: CurveResult?,
    _ policies: [StatisticsPolicy], ensembles: Bool
  ) throws -> [CurveRow] {
    let geometry = points.products.map { CurveGeometry(shape: shape, products: $0) }
    var whole = CurveRow(.path, cell)
    if let geometry {
      whole.distance = geometry.distance(from: 0, to: 1)
      whole.endNorm = (geometry.size(at: 0) + geometry.size(at: 1)) / 2
      whole.middleNorm = geometry.size(at: 0.5)
    }
    (whole.pruned, whole.prunedAtZero) = (training?.prunedWeights, training?.prunedWeightsAtZero)
    let lengths = try geometry.map { geometry in
      try zip(points.positions, points.positions.dropFirst()).reduce(into: [0.0]) {
        $0.append($0[$0.count - 1] + (try geometry.length(from: $1.0, to: $1.1)))
      }
    }
    return policies.enumerated().flatMap { index, policy in
      points.points.enumerated().map { number, point in
        var row = whole
        row.statistics = policy
        (row.t, row.length) = (point.t, lengths?[number])
        row.measured = Measured(point.evaluations[index])
        if ensembles {
          row.ensembleError = point.ensembles[index].value(of: .error)
          row.ensembleLoss = point.ensembles[index].loss
          row.trioError = points.trios[index].value(of: .error)
        }
        return row
      }
    }
  }

  /// The networks that span a plane, and its grid.
  static func rows(_ cell: CurveCell, _ plane: PlaneResult, _ policy: StatisticsPolicy)
    -> [CurveRow]
  {
    func row(_ record: Record, _ x: Double, _ y: Double, _ found: PointEvaluation) -> CurveRow {
      var row = CurveRow(record, cell)
      (row.statistics, row.x, row.y, row.measured) = (policy, x, y, Measured(found))
      return row
    }
    return zip([Record.start, .end, .bend], zip(plane.corners, plane.networks)).map {
      row($0, $1.0.x, $1.0.y, $1.1)
    }
      + zip(plane.ys, plane.evaluations).flatMap { y, evaluations in
        zip(plane.xs, evaluations).map { row(.plane, $0, y, $1) }
      }
  }
}
