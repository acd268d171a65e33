import Recipes
import Suites

/// A point of a plane: a network, a mean of networks, or one of the grid.
struct PlaneRow: TableRow {
  /// Number of the replicate, from 1.
  var replicate = 1
  /// `A`, `A+B`, …; ``grid``; ``diverged`` where a network has none, so that there is no plane.
  var point = ""
  /// Its place; `nil` where there is no plane.
  var x, y: Double?
  /// What was measured there.
  var measured = Measured()

  init() {}

  init(_ replicate: Int, _ point: String, at place: (x: Double, y: Double)? = nil) {
    (self.replicate, self.point) = (replicate, point)
    (x, y) = (place?.x, place?.y)
  }

  static let grid = "grid"
  static let diverged = "diverged"

  static var columns: [Column<PlaneRow>] {
    [
      Column("replicate", \.replicate, .number), Column("point", \.point, .text),
      Column("x", \.x, .finite), Column("y", \.y, .finite),
    ] + Measured.columns(\.measured)
  }

  static var identity: [String] { ["replicate", "point", "x", "y"] }
}

extension PlaneRow {
  /// The networks, their midpoints and their mean, with their places, and then the grid.
  static func rows(_ replicate: Int, _ plane: PlaneResult) -> [PlaneRow] {
    func row(_ point: String, _ place: (Double, Double), _ found: PointEvaluation) -> PlaneRow {
      var row = PlaneRow(replicate, point, at: place)
      row.measured = Measured(found)
      return row
    }
    let groups = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]
    let singled = zip(groups, plane.networks + plane.midpoints + [plane.center]).map {
      group, found in
      let sum = group.reduce(into: (x: 0.0, y: 0.0)) {
        $0.x += plane.corners[$1].x
        $0.y += plane.corners[$1].y
      }
      let count = Double(group.count)
      return row(
        group.map { PlaneReport.names[$0] }.joined(separator: "+"),
        (sum.x / count, sum.y / count), found)
    }
    return singled
      + zip(plane.ys, plane.evaluations).flatMap { y, evaluations in
        zip(plane.xs, evaluations).map { row(grid, ($0, y), $1) }
      }
  }
}
