extension String {
  /// The text with no-break spaces (U+00A0), at which no line ends, inside intervals, between a number and its unit,
  /// after a sign of comparison, and before a dagger.
  ///
  /// Markdown and HTML have that space alike, and tables of numbers can be read only where `[−0.3, 0.5]` stands in
  /// one line. Between a mean and its interval a line may end, so that narrow screens show both.
  var withUnbrokenNumbers: String {
    let characters = Array(self)
    guard characters.contains(" ") else { return self }
    let intervals = Self.intervals(in: characters)
    var result = ""
    for (index, character) in characters.enumerated() {
      let joins =
        character == " " && index > 0 && index + 1 < characters.count
        && (intervals.contains { $0.contains(index) } || Self.joins(at: index, in: characters))
      result.append(joins ? "\u{A0}" : character)
    }
    return result
  }

  private static let units: Set<String> = [
    "point", "points", "nat", "nats", "ms", "s", "min", "h", "d", "B", "kB", "MB", "GB", "TB",
  ]

  /// Whether the space at `index` stands between a number and its unit, a sign and its number, or before a dagger.
  private static func joins(at index: Int, in characters: [Character]) -> Bool {
    let (before, after) = (characters[index - 1], characters[index + 1])
    if after == "†" { return true }
    if "<>=≤≥±".contains(before) { return isDigit(after) || "−+∞".contains(after) }
    guard isDigit(before) || before == "∞" else { return false }
    return after == "%"
      || units.contains(String(characters[(index + 1)...].prefix(while: \.isLetter)))
  }

  /// Where numbers alone stand between square brackets.
  private static func intervals(in characters: [Character]) -> [ClosedRange<Int>] {
    var (found, start) = ([ClosedRange<Int>](), Int?.none)
    for (index, character) in characters.enumerated() {
      switch character {
      case "[": start = index
      case "]":
        if let first = start { found.append(first...index) }
        start = nil
      case _ where isDigit(character) || " ,.−+±∞–<%e".contains(character): continue
      default: start = nil
      }
    }
    return found
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
