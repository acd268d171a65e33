import Wording

/// What a user's name for something may be: it stands in tables, figures, files and on terminals.
enum Naming {
  /// Characters of the longest name.
  static let longest = 100

  /// Why a text is no name.
  enum Fault: Hashable {
    case empty, control, noncharacter, blankEnd, tooLong

    /// What a name must be, after `a name`.
    package var rule: String {
      switch self {
      case .empty: "of at least one character"
      case .control: "without control characters and line breaks"
      case .noncharacter: "without code points that are no characters"
      case .blankEnd: "without blanks at its ends"
      case .tooLong: "of at most \(longest) characters"
      }
    }
  }

  /// What is wrong with `name`; `nil` for nothing.
  static func fault(of name: String) -> Fault? {
    if name.isEmpty { return .empty }
    if name.unicodeScalars.contains(where: \.isInvisible) || name.contains(where: \.isNewline) {
      return .control
    }
    if name.unicodeScalars.contains(where: \.properties.isNoncharacterCodePoint) {
      return .noncharacter
    }
    if name.first?.isWhitespace == true || name.last?.isWhitespace == true { return .blankEnd }
    return name.count > longest ? .tooLong : nil
  }

  /// A text in a message: whole where it is short, and with nothing that a terminal obeys.
  package static func shown(_ text: String) -> String {
    let short = text.count > longest ? text.prefix(longest) + "…" : text[...]
    return short.printableLines
  }
}

extension Field {
  /// Whether `name`, the key of this field, is a name of `sort`; otherwise the mistake is noted.
  package func isNamed(_ name: String, _ sort: String) -> Bool {
    guard let fault = Naming.fault(of: name) else { return true }
    report(
      .unexpected(
        found: name.isEmpty
          ? "an empty name of \(sort)" : "`\(Naming.shown(name))` as the name of \(sort)",
        expected: "a name \(fault.rule)"))
    return false
  }

  /// Reads a mapping of things of one `sort` by the user's names for them, in their order; wrong ones are left out.
  package func named<Value>(
    _ sort: String, such example: String, read: (String, Field) -> Value?
  ) -> [Value]? {
    guard let entries = entries("\(sort)s by name, such as \(example)") else { return nil }
    if entries.isEmpty {
      report(.unexpected(found: "an empty mapping", expected: "at least one \(sort)"))
    }
    return entries.compactMap { name, field in
      field.isNamed(name, "a \(sort)") ? read(name, field) : nil
    }
  }

  /// Notes that nothing of this `sort` may be called `name`, for a `reason`.
  package func reportTaken(_ name: String, by sort: String, _ reason: String) {
    report(
      .unexpected(found: "`\(name)` as a \(sort)'s name", expected: "another name; \(reason)"))
  }

  /// Reads a name of `sort`.
  package func name(of sort: String) -> String? {
    guard let name = text("a name"), isNamed(name, sort) else { return nil }
    return name
  }
}
