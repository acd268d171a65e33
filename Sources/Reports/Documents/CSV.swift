/// Tidy records: one observation in a row, one variable in a column.
///
/// Fields are quoted only where they must be. Lines end with a line feed rather than RFC 4180's
/// carriage return and line feed, so that version control shows differences well; both are read.
///
/// Reference: Shafranovich, RFC 4180 (2005).
package struct CSV: Equatable, Sendable {
  /// The names of the columns.
  package let header: [String]
  /// The rows, each with one field for every column.
  package private(set) var rows: [[String]]

  /// Makes records.
  package init(header: [String], rows: [[String]] = []) {
    self.header = header
    self.rows = []
    rows.forEach { append($0) }
  }

  /// Adds a row at the end; its length must be the number of columns.
  package mutating func append(_ row: [String]) {
    precondition(
      row.count == header.count,
      "row \(rows.count + 1) has \(row.count) fields in a file of \(header.count) columns")
    rows.append(row)
  }

  /// The file's text.
  package func rendered() -> String {
    ([header] + rows).map { row in
      // A lone empty field would be a blank line, which readers skip.
      row == [""] ? "\"\"\n" : row.map(Self.quoted).joined(separator: ",") + "\n"
    }.joined()
  }

  /// Reads a file's text; `file` is its name in errors.
  ///
  /// Blank lines at the end are no rows. Throws a `ReportsError` with the line of an unterminated or
  /// misplaced quote, of a row whose length is not the header's, of a column named twice, or where there is
  /// no header.
  package init(parsing text: String, file: String) throws(ReportsError) {
    var parser = Parser(bytes: Array(text.utf8), file: file)
    guard let first = try parser.row() else { throw .recordsEmpty(file: file) }
    var seen: Set<String> = []
    for name in first.fields where !seen.insert(name).inserted {
      throw .recordsColumnTwice(file: file, line: first.line, name: name)
    }
    header = first.fields
    rows = []
    while !parser.isAtEnd, let row = try parser.row() {
      guard row.fields.count == header.count else {
        throw .recordsRagged(
          file: file, line: row.line, expected: header.count, found: row.fields.count)
      }
      rows.append(row.fields)
    }
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { $0 == Byte.quote || Byte.ends.contains($0) })
    else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  private enum Byte {
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let `return` = UInt8(ascii: "\r")
    static let feed = UInt8(ascii: "\n")
    /// What ends a field.
    static let ends = [comma, `return`, feed]
  }

  // Bytes and not characters, because Swift reads "\r\n" as one character.
  private struct Parser {
    let bytes: [UInt8]
    let file: String
    var position: Int
    var line = 1

    init(bytes: [UInt8], file: String) {
      self.bytes = bytes
      self.file = file
      position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Whether nothing but blank lines follows.
    var isAtEnd: Bool {
      bytes[position...].allSatisfy { $0 == Byte.return || $0 == Byte.feed }
    }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func row() throws(ReportsError) -> (fields: [String], line: Int)? {
      guard next != nil else { return nil }
      let start = line
      var fields: [String] = []
      while true {
        fields.append(next == Byte.quote ? try quotedField() : try plainField())
        guard next == Byte.comma else { break }
        position += 1
      }
      if next == Byte.return { position += 1 }
      if next == Byte.feed { position += 1 }
      line += 1
      return (fields, start)
    }

    private mutating func plainField() throws(ReportsError) -> String {
      let start = position
      while let byte = next, !Byte.ends.contains(byte) {
        if byte == Byte.quote { throw .recordsStrayQuote(file: file, line: line) }
        position += 1
      }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quotedField() throws(ReportsError) -> String {
      let start = line
      var field: [UInt8] = []
      position += 1
      while let byte = next {
        position += 1
        if byte == Byte.quote {
          if next == Byte.quote {
            position += 1
          } else if next.map(Byte.ends.contains) ?? true {
            return String(decoding: field, as: UTF8.self)
          } else {
            throw .recordsStrayQuote(file: file, line: line)
          }
        }
        if byte == Byte.feed { line += 1 }
        field.append(byte)
      }
      throw .recordsUnterminatedQuote(file: file, line: start)
    }
  }
}
