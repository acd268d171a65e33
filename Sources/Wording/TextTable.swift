import Foundation

/// Rows as text, their columns as wide as their longest cell.
package enum TextTable {
  /// The lines of `rows`; the first `names` columns are set to the left, numbers to the right.
  package static func text(_ rows: [[String]], names: Int) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column < names ? cell + padding : padding + cell
      }.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }.joined(separator: "\n")
  }
}
