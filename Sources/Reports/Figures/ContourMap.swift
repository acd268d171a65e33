/// Values on a grid in a plane as bands of colour between level lines, with points and paths drawn in it.
///
/// Both axes have one scale, so that distances and angles are the plane's.
package struct ContourMap: Equatable, Sendable {
  /// A place in the plane.
  package typealias Place = Position

  /// A marked place with its name beside it.
  package struct Mark: Equatable, Sendable {
    /// What stands beside it.
    package var name: String
    /// Where it is.
    package var place: Place

    /// Makes a mark.
    package init(_ name: String, _ place: Place) {
      self.name = name
      self.place = place
    }
  }

  /// A line through places.
  package struct Path: Equatable, Sendable {
    /// The name in the legend.
    package var name: String
    /// The places in the order in which the line joins them.
    package var places: [Place]

    /// Makes a path.
    package init(_ name: String, _ places: [Place]) {
      self.name = name
      self.places = places
    }
  }

  /// The grid's columns, ascending.
  package let xs: [Double]
  /// The grid's rows, ascending.
  package let ys: [Double]
  /// Values row by row; where one is missing or not finite the map has a gap.
  package let values: [[Double?]]
  /// What the values are, with their unit.
  package let label: String
  /// What the axes are, with their unit.
  package let xLabel, yLabel: String
  /// The marks; they are drawn on top.
  package let marks: [Mark]
  /// The paths.
  package let paths: [Path]

  /// Makes a map; there must be a value for every row and column, and two of each at least.
  package init(
    xs: [Double], ys: [Double], values: [[Double?]], label: String, axes: (x: String, y: String),
    marks: [Mark] = [], paths: [Path] = []
  ) {
    precondition(xs.count > 1 && ys.count > 1, "a map of \(xs.count) columns, \(ys.count) rows")
    precondition(
      values.count == ys.count && values.allSatisfy { $0.count == xs.count },
      "the values of “\(label)” do not fit \(xs.count) columns and \(ys.count) rows")
    self.xs = xs
    self.ys = ys
    self.values = values
    self.label = label
    (xLabel, yLabel) = axes
    self.marks = marks
    self.paths = paths
  }

  /// The values that level lines stand for: their distances from the lowest value double, up to half of the
  /// range, so that the low ground is told apart (after the logarithmic levels of Garipov et al., NeurIPS
  /// 2018, figure 1). None where all values are equal.
  package var levels: [Double] {
    let known = values.joined().compactMap { $0 }.filter(\.isFinite)
    guard let low = known.min(), let high = known.max(), high > low else { return [] }
    return (0..<Self.levelCount).reversed().map { low + (high - low) / Double(2 << $0) }
  }

  private static let levelCount = 7
}
