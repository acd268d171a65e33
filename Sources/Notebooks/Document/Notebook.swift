import Foundation

/// A markdown text whose fenced cells run, and whose sentences take values from them.
///
/// A value: what is filled in makes another notebook.
package struct Notebook: Hashable, Sendable {
  /// The file as the user named it.
  package let file: String
  /// The text, with line feeds alone at the ends of lines.
  let text: String
  /// Whether the file's lines end with a carriage return and a line feed.
  private let hasReturns: Bool
  /// The cells, in the order of the text.
  package let cells: [CellSource]
  /// The places in sentences that take a value.
  let placeholders: [Placeholder]

  /// Reads the text of `file`, whose cells are those in one of `languages`.
  ///
  /// - Throws: ``NotebookError`` naming the line, where a fence does not end, options cannot be read, a cell stands in a
  ///   list, two cells have one name, or markers of outputs do not fit.
  package init(_ source: String, file: String, languages: Set<String>) throws(NotebookError) {
    self.file = file
    let feeds = source.utf8.count { $0 == UInt8(ascii: "\n") }
    let returns = source.utf8.ranges(of: Array("\r\n".utf8)).count
    guard returns == 0 || returns == feeds else {
      throw NotebookError(file: file, line: 1, .mixedLineEnds)
    }
    hasReturns = returns > 0
    text = source.replacing("\r\n", with: "\n")
    var reader = NotebookReader(text, file: file, languages: languages)
    (cells, placeholders) = try reader.read()
  }

  /// The file's content.
  package var source: String { hasReturns ? text.replacing("\n", with: "\r\n") : text }

  /// The line on which `byte` stands, from 1.
  func line(of byte: Int) -> Int {
    1 + text.utf8.prefix(byte).count { $0 == UInt8(ascii: "\n") }
  }

  /// The text with other bytes in some places.
  func replacing(_ edits: [(bytes: Range<Int>, text: String)], _ languages: Set<String>)
    throws(NotebookError) -> Notebook
  {
    var bytes = Array(text.utf8)
    for edit in edits.sorted(by: { $0.bytes.lowerBound > $1.bytes.lowerBound }) {
      bytes.replaceSubrange(edit.bytes, with: edit.text.utf8)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return try Notebook(
      hasReturns ? text.replacing("\n", with: "\r\n") : text, file: file, languages: languages)
  }

  /// The notebook with `content` beneath a cell, made of `key`; with nothing beneath it where that is `nil`.
  func replacing(
    output content: String?, of cell: CellSource, madeOf key: CellKey, _ languages: Set<String>
  )
    throws(NotebookError) -> Notebook
  {
    let bytes = cell.output?.bytes ?? cell.end..<cell.end
    return try replacing(
      [(bytes, content.map { OutputMarker.text(of: $0, madeOf: key) } ?? "")], languages)
  }

  /// The notebook as it was before any cell ran.
  package func cleared(_ languages: Set<String>) throws(NotebookError) -> Notebook {
    try replacing(
      cells.compactMap { cell in cell.output.map { ($0.bytes, "") } }
        + placeholders.filter { $0.value != nil }
        .map { ($0.bytes, Placeholder.text(of: $0.expression)) }, languages)
  }
}
