/// The words behind a fence: a language, and options as `name=value` or `name="a value"`.
enum CellOptions {
  /// What is wrong with the words behind a fence.
  enum Fault: Error, Hashable {
    case notAnOption(String)
    case twice(String)
    case openQuote
  }

  /// The language: the first word.
  static func language(of info: String) -> String {
    String(info.prefix { !$0.isWhitespace })
  }

  /// The options behind the language.
  static func options(of info: String) throws(Fault) -> [String: String] {
    var options: [String: String] = [:]
    var rest = info.drop { !$0.isWhitespace }
    while true {
      rest = rest.drop { $0.isWhitespace }
      guard !rest.isEmpty else { return options }
      let name = rest.prefix { $0 != "=" && !$0.isWhitespace }
      rest = rest.dropFirst(name.count)
      guard !name.isEmpty, rest.first == "=" else { throw .notAnOption(String(name)) }
      rest = rest.dropFirst()
      let value: Substring
      if let quote = rest.first, quote == "\"" || quote == "'" {
        guard let end = rest.dropFirst().firstIndex(of: quote) else { throw .openQuote }
        value = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
      } else {
        value = rest.prefix { !$0.isWhitespace }
        rest = rest.dropFirst(value.count)
      }
      guard options.updateValue(String(value), forKey: String(name)) == nil else {
        throw .twice(String(name))
      }
    }
  }
}
