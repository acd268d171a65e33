/// The words of a command as a shell reads them, without anything that only a shell can do.
struct CommandLine: Hashable {
  /// What only a shell can do, and so an sh cell.
  struct NeedsShell: Error, Hashable {
    let character: Character
  }

  /// A quotation that does not end.
  struct OpenQuote: Error, Hashable {}

  /// The words, the program's name first.
  let words: [String]
  /// The line of the code on which it begins, from 0.
  let line: Int

  /// The commands in `code`, one to a line; a backslash at a line's end goes on in the next.
  static func all(in code: String) throws -> [CommandLine] {
    var commands: [CommandLine] = []
    var (pending, start) = ("", 0)
    for (number, line) in code.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if pending.isEmpty { start = number }
      if line.last == "\\" {
        pending += line.dropLast() + " "
        continue
      }
      let words = try words(of: pending + line)
      if !words.isEmpty { commands.append(CommandLine(words: words, line: start)) }
      pending = ""
    }
    let words = try words(of: pending)
    return words.isEmpty ? commands : commands + [CommandLine(words: words, line: start)]
  }

  private static func words(of line: String) throws -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = Substring(line)
    while let character = rest.popFirst() {
      switch (quote, character) {
      case (character, _): quote = nil
      case ("'", _): word?.append(character)
      case (_, "\\"): word = (word ?? "") + (rest.popFirst().map(String.init) ?? "")
      case ("\"", _): word?.append(character)
      case (_, "'"), (_, "\""): (quote, word) = (character, word ?? "")
      case (_, "#") where word == nil: return words
      case (_, _) where character.isWhitespace:
        if let word { words.append(word) }
        word = nil
      case (_, _) where "|&;<>()$`*?".contains(character): throw NeedsShell(character: character)
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { throw OpenQuote() }
    return words + (word.map { [$0] } ?? [])
  }
}
