import Foundation

/// The numbers of a table's cell, where it is a number, an estimate with its interval, a bound or a count of a total.
///
/// A minus is U+2212 or a hyphen, thousands may be separated by commas, and `6.8e−5` has an exponent. A unit, a mark and
/// what stands between round brackets behind the number stay in the text alone; so does a cell of words.
struct CellNumbers: Equatable {
  /// What stands before the brackets: `95.62` of `95.62 [94.78, 96.46]`.
  var value: Double?
  /// The interval's ends, where both are finite.
  var low, high: Double?
  /// The total of `398 of 400`.
  var total: Double?
  /// A p-value in square brackets behind another: adjusted for the number of tests.
  var adjusted: Double?
  /// By the name of its relation what the value is told to lie below or above: `< 0.001`, `≥ 440`.
  var bounds: [String: Double] = [:]

  /// Reads a cell; `nil` where it is none of these.
  init?(_ cell: String) {
    var scanner = Scanner(cell.map { $0 == "\u{A0}" ? " " : $0 })
    if let (low, high) = scanner.interval() {
      (self.low, self.high) = (low, high)
    } else {
      let relation = scanner.relation()
      guard let number = scanner.number() else { return nil }
      if let relation { bounds[relation] = number } else { value = number }
      scanner.skipUnit()
      let mark = scanner.position
      scanner.skipBlanks()
      if let (low, high) = scanner.interval() {
        (self.low, self.high) = (low, high)
      } else if let (name, number) = scanner.adjusted() {
        if let name { bounds["adjusted\(name.capitalized)"] = number } else { adjusted = number }
      } else if scanner.word("of ") {
        guard let total = scanner.number() else { return nil }
        self.total = total
        _ = scanner.word(" expected")
      } else {
        scanner.position = mark
      }
    }
    scanner.skipRemark()
    guard scanner.isAtEnd else { return nil }
    value = value.flatMap { $0.isFinite ? $0 : nil }
    (low, high) = (low.flatMap { $0.isFinite ? $0 : nil }, high.flatMap { $0.isFinite ? $0 : nil })
    bounds = bounds.filter(\.value.isFinite)
    guard !members.isEmpty else { return nil }
  }

  /// The numbers by name.
  var members: [String: JSON] {
    var members = bounds.mapValues { JSON.number($0) }
    for (name, number) in [
      ("value", value), ("low", low), ("high", high), ("total", total), ("adjusted", adjusted),
    ] where number != nil {
      members[name] = JSON(number)
    }
    return members
  }
}

/// A place in a cell's characters.
private struct Scanner {
  private let characters: [Character]
  var position = 0

  init(_ characters: [Character]) { self.characters = characters }

  var isAtEnd: Bool { position == characters.count }

  private var next: Character? { isAtEnd ? nil : characters[position] }

  private mutating func take(_ wanted: Character) -> Bool {
    guard next == wanted else { return false }
    position += 1
    return true
  }

  /// Takes `word`, if it stands here.
  mutating func word(_ word: String) -> Bool {
    guard characters[position...].starts(with: word) else { return false }
    position += word.count
    return true
  }

  mutating func skipBlanks() { while take(" ") {} }

  /// The name of a sign of comparison.
  mutating func relation() -> String? {
    let names: [Character: String] = ["<": "below", "≤": "atMost", ">": "above", "≥": "atLeast"]
    guard let sign = next, let name = names[sign] else { return nil }
    position += 1
    skipBlanks()
    return name
  }

  /// A number, infinite for ∞.
  mutating func number() -> Double? {
    let start = position
    var text = ""
    if take("−") || take("-") { text = "-" } else { _ = take("+") }
    if take("∞") { return text == "-" ? -.infinity : .infinity }
    func isDigit(_ character: Character?) -> Bool {
      character.map { ("0"..."9").contains($0) } ?? false
    }
    while let character = next, isDigit(character) || ".,".contains(character) {
      // What separates words or ends a sentence is no part of a number.
      let after = position + 1 < characters.count ? characters[position + 1] : nil
      if !isDigit(character), !isDigit(after) { break }
      if character != "," { text.append(character) }
      position += 1
    }
    guard let value = Double(text) else {
      position = start
      return nil
    }
    guard next == "e" else { return value }
    let mark = position
    position += 1
    let sign = take("−") || take("-") ? "-" : ""
    var exponent = ""
    while let character = next, isDigit(character) {
      exponent.append(character)
      position += 1
    }
    guard !exponent.isEmpty, let scaled = Double("\(text)e\(sign)\(exponent)") else {
      position = mark
      return value
    }
    return scaled
  }

  /// The ends of `[−0.3, 0.5]`.
  mutating func interval() -> (Double, Double)? {
    let start = position
    if take("["), let low = number(), word(", "), let high = number(), take("]") {
      return (low, high)
    }
    position = start
    return nil
  }

  /// The number of `[0.036]` or `[< 0.001]`.
  mutating func adjusted() -> (relation: String?, Double)? {
    let start = position
    if take("[") {
      let name = relation()
      if let number = number(), take("]") { return (name, number) }
    }
    position = start
    return nil
  }

  /// One unit behind a number.
  mutating func skipUnit() {
    let start = position
    skipBlanks()
    let units = [
      "%", "points", "point", "nats", "nat", "ms", "min", "kB", "MB", "GB", "TB", "B", "s", "h",
      "d", "×",
    ]
    for unit in units where word(unit) {
      guard next?.isLetter != true else { break }
      return
    }
    position = start
  }

  /// Marks, and what stands in round brackets up to the end.
  mutating func skipRemark() {
    skipBlanks()
    if next == "(", characters.last == ")" { position = characters.count }
    while let mark = next, "*†‡ ".contains(mark) { position += 1 }
  }
}
