/// The comments between which the output of a cell stands; a reader of the rendered page sees neither.
enum OutputMarker {
  private static let start = "<!-- espalier output"
  private static let finish = "<!-- end of espalier output -->"

  /// What a block of markup is.
  enum Role: Hashable {
    case start(CellKey)
    case end
    /// A comment that begins as a marker does and goes on otherwise.
    case damaged
  }

  /// What `markup` is; `nil` where it is no marker.
  static func role(of markup: String) -> Role? {
    let text = markup.trimmingNewlines
    if text == finish { return .end }
    guard text.hasPrefix(start) else {
      return text.hasPrefix("<!-- end of espalier output") ? .damaged : nil
    }
    guard text.hasSuffix(" -->") else { return .damaged }
    let words = text.dropFirst(start.count).dropLast(4)
    return CellKey(words: String(words)).map(Role.start) ?? .damaged
  }

  /// `content` between markers, from the end of the line above.
  static func text(of content: String, madeOf key: CellKey) -> String {
    let body = content.trimmingNewlines
    return "\n\n\(start) \(key.words) -->\n\n" + (body.isEmpty ? "" : body + "\n\n") + finish
  }
}

extension StringProtocol {
  /// Without the line breaks and blanks at its end, and the blank lines at its beginning.
  var trimmingNewlines: String {
    var text = Substring(self)
    while text.last?.isWhitespace == true { text = text.dropLast() }
    while let end = text.firstIndex(of: "\n"), text[..<end].allSatisfy(\.isWhitespace) {
      text = text[text.index(after: end)...]
    }
    return String(text)
  }
}
