import Foundation

/// Values in the cells of matrices as colours: of every two of some things, or of the places of a picture.
///
/// Matrices beside each other share labels and scale. Cells are written with their values where there are few.
package struct HeatMap: Equatable, Sendable {
  /// One matrix.
  package struct Panel: Equatable, Sendable {
    /// What stands above it; `""` for nothing.
    package var title: String
    /// Values row by row, from the top; where one is missing or not finite the cell is crossed out, in a picture
    /// empty.
    package var values: [[Double?]]

    /// Makes a panel.
    package init(_ title: String, _ values: [[Double?]]) {
      self.title = title
      self.values = values
    }
  }

  /// The matrices, row by row.
  package let panels: [Panel]
  /// What stands left of the rows, and below the columns; none of both for pictures.
  package let rows, columns: [String]
  /// What the values are, with their unit.
  package let label: String
  /// The colours of all matrices; `nil` where none has a value.
  let scale: Scale?

  /// Makes a map of matrices with named rows and columns.
  package init(_ panels: [Panel], rows: [String], columns: [String], label: String) {
    for panel in panels {
      precondition(
        panel.values.count == rows.count && panel.values.allSatisfy { $0.count == columns.count },
        "the values of “\(panel.title)” do not fit \(rows.count) rows and \(columns.count) columns")
    }
    self.panels = panels
    self.rows = rows
    self.columns = columns
    self.label = label
    scale = Scale(of: panels.flatMap(\.values).joined())
  }

  /// Makes a map of pictures, whose rows are equally long.
  package init(pictures: [Panel], label: String) {
    for picture in pictures {
      precondition(
        Set(picture.values.map(\.count)).count == 1, "the rows of “\(picture.title)” differ")
    }
    panels = pictures
    (rows, columns) = ([], [])
    self.label = label
    scale = Scale(of: pictures.flatMap(\.values).joined())
  }

  /// Whether any cell has a value; a map without one cannot be drawn.
  package var hasValues: Bool { scale != nil }

  /// Whether its cells have no names.
  var arePictures: Bool { rows.isEmpty }
}

extension HeatMap {
  /// Colours for values: bands of equal height from zero up and down.
  struct Scale: Equatable, Sendable {
    /// The height of a band: one, two or five times a power of ten, so that eight at most reach from zero to the highest
    /// value and to the lowest.
    let step: Double
    /// How many bands lie above zero and below it; one in all at least.
    let above, below: Int

    private static let most = 8.0

    /// The scale of values; `nil` where none is finite.
    init?(of values: some Sequence<Double?>) {
      var ends: (low: Double, high: Double)?
      for case let value? in values where value.isFinite {
        ends = (min(ends?.low ?? value, value), max(ends?.high ?? value, value))
      }
      guard let (low, high) = ends else { return nil }
      let reach = max(abs(low), abs(high))
      let power = reach > 0 ? pow(10, log10(reach / Self.most).rounded(.down)) : 1
      let step = [1, 2, 5].map { $0 * power }.first { reach <= Self.most * $0 } ?? 10 * power
      // What lies on a bound but for its last bits has no band of its own.
      func bands(_ reach: Double) -> Int { max(0, Int((reach / step - 1e-9).rounded(.up))) }
      self.step = step
      below = bands(-low)
      above = max(bands(high), high >= 0 || below == 0 ? 1 : 0)
    }
  }
}
