package import Recipes
package import Reports
import Wording

/// Three networks and a grid in the plane through them.
package struct MeasuredPlane {
  /// The networks' places.
  package let corners: [ContourMap.Place]
  /// The grid's columns and rows.
  package let xs, ys: [Double]
  /// What was measured, row by row.
  package let points: [[Measured]]

  /// A plane, its `grid` row by row; `nil` where that is no grid.
  package init?(
    corners: [ContourMap.Place], grid: [(x: Double, y: Double, measured: Measured)]
  ) {
    let width = grid.firstIndex { $0.y != grid[0].y } ?? grid.count
    guard corners.count == 3, width > 0, grid.count % width == 0 else { return nil }
    let starts = Array(stride(from: 0, to: grid.count, by: width))
    self.corners = corners
    xs = grid.prefix(width).map(\.x)
    ys = starts.map { grid[$0].y }
    points = starts.map { grid[$0..<$0 + width].map(\.measured) }
  }

  /// Where a curve from the first network to the second runs that has the third as its only bend.
  package func places(of shape: CurveShape, count: Int = 61) -> [ContourMap.Place] {
    let controls = [corners[0], corners[2], corners[1]]
    return PathPositions.evenlySpaced(count).map { t in
      zip(shape.coefficients(at: t), controls).reduce(into: ContourMap.Place(0, 0)) {
        $0.x += $1.0 * $1.1.x
        $0.y += $1.0 * $1.1.y
      }
    }
  }
}

extension ReportSection {
  /// Shows test error and, where it was measured, train loss in `plane`.
  ///
  /// - Parameters:
  ///   - marks: what the three networks are called.
  ///   - paths: paths between them.
  ///   - name: what the figures' names begin with.
  ///   - title: which plane it is, after `in the plane`.
  ///   - content: the same with what is drawn in it.
  ///   - caption: whose plane it is.
  package mutating func show(
    _ plane: MeasuredPlane, marks: [String], paths: [ContourMap.Path], as name: String,
    title: String, content: String, caption: String
  ) {
    let quantities = [
      ("Test error", "test-error", "test error (%)", PathSplit.test, PathQuantity.error),
      ("Train loss", "train-loss", "train loss (nats)", .train, .loss),
    ]
    let hasTrain = plane.points.joined().contains { $0.trainLoss != nil }
    for (what, ending, label, split, quantity) in quantities.prefix(hasTrain ? 2 : 1) {
      let values = plane.points.map { row in row.map { $0.value(quantity, on: split) } }
      let gaps = values.joined().count { $0 == nil }
      let left =
        " \(Format.count(gaps, "point")) without a finite loss \(gaps == 1 ? "is" : "are") left out."
      show(
        Figure(
          title: "\(what) in the plane \(title)",
          alternative: "\(what) in the plane \(content). records.csv holds the numbers.",
          .contours(
            ContourMap(
              xs: plane.xs, ys: plane.ys, values: values, label: label,
              axes: ("distance", "distance"),
              marks: zip(plane.corners, marks).map { .init($1, $0) }, paths: paths))),
        as: "\(name)-\(ending)",
        caption: .init(
          "\(caption). Axes are Euclidean distances of weights; levels are denser near the lowest value."
            + (gaps == 0 ? "" : left)))
    }
  }
}
