extension Markdown {
  /// A run of text with its few kinds of emphasis.
  ///
  /// Written as a string literal: `"The mean is \(strong: "maintained") for \(code: "fc.weight")."`.
  /// Literals and interpolated strings are plain: no markup in them comes through.
  package struct Text: Equatable, Sendable, ExpressibleByStringInterpolation {
    enum Span: Equatable, Sendable {
      case plain(String)
      case code(String)
      case strong(String)
      case emphasis(String)
      case link(String, to: String)
    }

    /// Where a text stands, which decides what must be escaped.
    enum Place {
      case block
      case cell
      case link
    }

    private(set) var spans: [Span] = []

    /// Makes a plain text.
    package init(_ plain: String) {
      append(.plain(plain))
    }

    /// Makes a plain text of a literal.
    package init(stringLiteral value: String) {
      self.init(value)
    }

    /// Makes a text of a literal with interpolations.
    package init(stringInterpolation: Interpolation) {
      self = stringInterpolation.text
    }

    /// Joins two texts.
    package static func + (left: Self, right: Self) -> Self {
      right.spans.reduce(into: left) { $0.append($1) }
    }

    /// The interpolations that a text knows.
    package struct Interpolation: StringInterpolationProtocol {
      fileprivate var text = Text("")

      /// Makes an empty interpolation.
      package init(literalCapacity: Int, interpolationCount: Int) {}

      /// Adds a literal as plain text.
      package mutating func appendLiteral(_ literal: String) { text.append(.plain(literal)) }

      /// Adds a string as plain text.
      package mutating func appendInterpolation(_ plain: String) { text.append(.plain(plain)) }

      /// Adds another text.
      package mutating func appendInterpolation(_ other: Text) { text = text + other }

      /// Adds code.
      package mutating func appendInterpolation(code: String) { text.append(.code(code)) }

      /// Adds strongly emphasized text.
      package mutating func appendInterpolation(strong: String) { text.append(.strong(strong)) }

      /// Adds emphasized text.
      package mutating func appendInterpolation(emphasis: String) {
        text.append(.emphasis(emphasis))
      }

      /// Adds a link to an address or to a path relative to the document.
      package mutating func appendInterpolation(_ label: String, link address: String) {
        text.append(.link(label, to: address))
      }
    }

    /// What stands in bold.
    var claims: [String] {
      spans.compactMap { span in
        guard case .strong(let text) = span else { return nil }
        return text
      }
    }

    func rendered(_ place: Place) -> String {
      let text = spans.map { Self.rendered($0, place) }.joined()
      guard place == .block, case .plain? = spans.first else { return text }
      return Self.escapedStart(text)
    }

    /// The escaped destination of a link or an image.
    static func destination(_ address: String) -> String {
      let encoded = [" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\n": "%0A"]
      return address.map { encoded[String($0)] ?? String($0) }.joined()
    }

    // Neighbours are merged because escaping looks at the characters on both sides.
    private mutating func append(_ span: Span) {
      if case .plain(let new) = span, case .plain(let old)? = spans.last {
        spans[spans.count - 1] = .plain(old + new)
      } else if span != .plain("") {
        spans.append(span)
      }
    }

    private static func rendered(_ span: Span, _ place: Place) -> String {
      switch span {
      case .plain(let text): escaped(text.withUnbrokenNumbers, place)
      case .code(let text): code(text, place)
      case .strong(let text): "**" + escaped(text.withUnbrokenNumbers, place) + "**"
      case .emphasis(let text): "*" + escaped(text.withUnbrokenNumbers, place) + "*"
      case .link(let text, let address):
        "[\(escaped(text.withUnbrokenNumbers, .link))](\(destination(address)))"
      }
    }

    private static func code(_ text: String, _ place: Place) -> String {
      // A code span keeps backslashes, so a pipe in a cell can only be written as HTML.
      if place == .cell, text.contains("|") { return "<code>\(escaped(text, place))</code>" }
      let flat = text.map { $0.isNewline ? " " : $0 }
      let longest = flat.split { $0 != "`" }.map(\.count).max() ?? 0
      let ticks = String(repeating: "`", count: longest + 1)
      let pad = flat.first == "`" || flat.last == "`" ? " " : ""
      return ticks + pad + String(flat) + pad + ticks
    }

    private static func escaped(_ text: String, _ place: Place) -> String {
      let characters = Array(text)
      var result = ""
      for (index, character) in characters.enumerated() {
        let before = index > 0 ? characters[index - 1] : " "
        let after = index + 1 < characters.count ? characters[index + 1] : " "
        switch character {
        case "\\", "`", "*", "~":
          result += "\\\(character)"
        case "_" where !(isWord(before) && isWord(after)):
          result += "\\_"
        case "|" where place == .cell:
          result += "\\|"
        case "<" where after.isLetter || "/!?".contains(after):
          result += "\\<"
        case "&" where after.isLetter || after == "#":
          result += "&amp;"
        case "[" where place == .link || "^ xX".contains(after),
          "]" where place == .link || "([:".contains(after):
          result += "\\\(character)"
        case "$":
          // GitHub takes what stands between two dollar signs for mathematics, escaped or not.
          result += "<span>$</span>"
        case _ where character.isNewline:
          result += place == .cell ? "<br>" : " "
        default:
          result.append(character)
        }
      }
      return result
    }

    private static func isWord(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || character == "_"
    }

    /// Escapes what would make a heading, a quotation, a rule or a list item of a line's start.
    private static func escapedStart(_ text: String) -> String {
      let line = text.drop { $0.isWhitespace }
      guard let first = line.first else { return "" }
      if "#>+-=".contains(first) { return "\\" + line }
      let digits = line.prefix { $0.isASCII && $0.isNumber }
      let rest = line.dropFirst(digits.count)
      if !digits.isEmpty, let mark = rest.first, ".)".contains(mark),
        rest.dropFirst().first?.isWhitespace ?? true
      {
        return digits + "\\" + rest
      }
      return String(line)
    }
  }
}
