import Foundation
import Testing

/// A table of comma-separated values that the program wrote; no value holds a comma.
struct Table {
  private let header: [String]
  private let rows: [[String]]

  init(_ text: String) throws {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    header = try #require(lines.first)
    rows = Array(lines.dropFirst())
  }

  /// The rows, cells by the names of their columns.
  var named: [[String: String]] {
    rows.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// The numbers of a column, in the rows where the column `selector` holds `value`; a cell that is no number
  /// is a failure.
  func column(_ name: String, where selector: String? = nil, is value: String = "") throws
    -> [Double]
  {
    let place = try #require(header.firstIndex(of: name), "no column \(name) in \(header)")
    let selected = try selector.map { try #require(header.firstIndex(of: $0)) }
    return try rows.filter { row in selected.map { row[$0] == value } ?? true }
      .map { try #require(Double($0[place]), "\(name) is '\($0[place])'") }
  }
}
