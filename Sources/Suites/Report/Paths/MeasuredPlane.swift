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

  /// Test error and, where it was measured, train loss.
  package func maps(marks: [String], paths: [ContourMap.Path]) -> [PlaneMap] {
    let hasTrain = points.joined().contains { $0.trainLoss != nil }
    return [
      ("Test error", "test-error", "test error (%)", PathSplit.test, PathQuantity.error),
      ("Train loss", "train-loss", "train loss (nats)", .train, .loss),
    ].prefix(hasTrain ? 2 : 1).map { title, name, label, split, quantity in
      let values = points.map { row in row.map { $0.value(quantity, on: split) } }
      return PlaneMap(
        title: title, name: name,
        map: ContourMap(
          xs: xs, ys: ys, values: values, label: label, axes: ("distance", "distance"),
          marks: zip(corners, marks).map { .init($1, $0) }, paths: paths),
        gaps: values.joined().count { $0 == nil })
    }
  }
}

/// A quantity of a plane as a figure.
package struct PlaneMap {
  /// `Test error`.
  package let title: String
  /// `test-error`.
  package let name: String
  /// The map.
  package let map: ContourMap
  /// Points without a finite loss.
  package let gaps: Int

  /// Points without a finite loss, in words.
  package var gapWords: String {
    gaps == 0
      ? ""
      : " \(Format.count(gaps, "point")) without a finite loss \(gaps == 1 ? "is" : "are") left out."
  }
}
