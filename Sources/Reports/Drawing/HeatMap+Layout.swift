import Foundation

extension HeatMap {
  /// Lengths in pixels of a map laid out: whole ones, so that borders of cells are sharp.
  struct Grid {
    /// The side of a cell along rows and columns.
    let cellWidth, cellHeight: Double
    /// Whether cells are written with their values.
    let isWritten: Bool
    /// Whether the names of columns are turned.
    let isTurned: Bool
    /// Space for the names of rows and columns.
    let rowNames, columnNames: Double
    /// The size of a matrix, and how many stand in a row.
    let width, height: Double
    let perRow: Int
    /// The width of the scale with its numbers.
    let scale: Double

    static let gap = 18.0
    /// Above this number of columns values would make a table of the figure.
    static let mostWritten = 12
    static let longestName = 160.0
    /// The least distance of turned names, and of names below each other.
    static let turnedDistance = Layout.lineHeight / sin(angle)
    static let distance = 16.0
    static let angle = Double(Canvas.tilt) * Double.pi / 180

    init(_ map: HeatMap, _ colours: Scale) {
      let (rows, columns) = (
        map.arePictures ? map.panels.map(\.values.count).max() ?? 1 : map.rows.count,
        map.arePictures
          ? map.panels.compactMap { $0.values.first?.count }.max() ?? 1 : map.columns.count
      )
      scale = Scale.boxWidth + 6 + (colours.labels.map { Layout.width($0) }.max() ?? 0)
      let longest = (left: Self.longest(map.rows), below: Self.longest(map.columns))
      let space = Layout.wide - 2 * Layout.edge - scale - Self.gap - longest.left - 8
      let mayBeWritten = !map.arePictures && columns <= Self.mostWritten
      let texts = mayBeWritten ? map.panels.flatMap(\.values).joined().map(colours.text) : []
      let roomy = max(26, (texts.map { Layout.width($0) }.max() ?? 0) + 10).rounded(.up)
      isWritten = mayBeWritten && Double(columns) * roomy <= space
      if map.arePictures {
        cellWidth = min(16, max(2, (140 / Double(max(rows, columns))).rounded(.down)))
      } else {
        cellWidth =
          isWritten ? roomy : max(3, min(24, (space / Double(columns)).rounded(.down)))
      }
      cellHeight = isWritten ? 26 : cellWidth
      isTurned = longest.below + 6 > cellWidth
      rowNames = map.arePictures ? 0 : (longest.left + 8).rounded(.up)
      let depth = isTurned ? longest.below * sin(Self.angle) + 14 : 24
      columnNames = map.arePictures ? 0 : depth.rounded(.up)
      (width, height) = (Double(columns) * cellWidth, Double(rows) * cellHeight)
      perRow = max(
        1, min(map.panels.count, Int((space + Self.gap) / (width + Self.gap))))
    }

    private static func longest(_ names: [String]) -> Double {
      names.map { Layout.width(Layout.shortened($0, to: longestName)) }.max() ?? 0
    }

    /// The names of which none runs into another: every one, or every second, third, …
    static func thinned(_ names: [String], cell: Double, distance: Double) -> [String] {
      let stride = max(1, Int((distance / cell).rounded(.up)))
      return names.enumerated().map {
        $0.offset.isMultiple(of: stride) ? Layout.shortened($0.element, to: longestName) : ""
      }
    }
  }
}
