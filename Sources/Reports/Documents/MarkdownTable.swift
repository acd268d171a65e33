extension Markdown {
  /// A table whose source is aligned as its rendering is.
  package struct Table: Equatable, Sendable {
    /// A column's heading and alignment.
    package enum Column: Equatable, Sendable {
      /// A column of words, aligned left.
      case text(Text)
      /// A column of numbers, aligned right.
      case number(Text)

      var heading: Text {
        switch self {
        case .text(let heading), .number(let heading): heading
        }
      }
    }

    /// The columns, from left to right.
    package let columns: [Column]
    /// The rows, each with one cell for every column.
    package private(set) var rows: [[Text]]

    /// Makes a table.
    package init(_ columns: [Column], rows: [[Text]] = []) {
      self.columns = columns
      self.rows = []
      rows.forEach { append($0) }
    }

    /// Adds a row at the end; its length must be the number of columns.
    package mutating func append(_ row: [Text]) {
      precondition(
        row.count == columns.count,
        "row \(rows.count + 1) has \(row.count) cells in a table of \(columns.count) columns")
      rows.append(row)
    }

    /// Adds a row of plain texts.
    package mutating func append(plain row: [String]) { append(row.map { Text($0) }) }

    func rendered() -> String {
      let cells = ([columns.map(\.heading)] + rows).map { $0.map { $0.rendered(.cell) } }
      let widths = columns.indices.map { column in
        // Three hyphens, the shortest delimiter that every reader takes, and one colon.
        cells.map { $0[column].count }.reduce(4, max)
      }
      var lines = cells.map { row in
        line(row.indices.map { padded(row[$0], to: widths[$0], columns[$0]) })
      }
      lines.insert(line(columns.indices.map { delimiter(widths[$0], columns[$0]) }), at: 1)
      return lines.joined(separator: "\n")
    }

    private func line(_ cells: [String]) -> String {
      "| " + cells.joined(separator: " | ") + " |"
    }

    private func padded(_ cell: String, to width: Int, _ column: Column) -> String {
      let padding = String(repeating: " ", count: width - cell.count)
      return switch column {
      case .text: cell + padding
      case .number: padding + cell
      }
    }

    private func delimiter(_ width: Int, _ column: Column) -> String {
      switch column {
      case .text: String(repeating: "-", count: width)
      case .number: String(repeating: "-", count: width - 1) + ":"
      }
    }
  }
}
