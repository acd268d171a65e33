import Wording

/// One cell of two reports.
struct CellChange: Sendable {
  typealias Cell = ComparedReport.Cell
  typealias Estimate = (before: Cell, after: Cell)

  /// The names of its row and of its column.
  let row, column: String
  let before, after: Cell
  /// Whether the table holds claims, so that its words are verdicts.
  let isVerdict: Bool
  /// The estimate that stands in the same row of both reports.
  let estimate: Estimate?

  /// Whether either report has words here, and not a number, a bound or nothing.
  var holdsWords: Bool {
    [before, after].contains { $0.value == nil && $0.text.contains(where: \.isLetter) }
  }

  /// Whether either report judges here.
  var holdsVerdict: Bool { isVerdict && holdsWords }

  /// Whether other words stand there; what follows a colon, or a comma with a signed number, is the words' evidence.
  var saysOtherwise: Bool { Self.said(before) != Self.said(after) }

  private static func said(_ cell: Cell) -> Substring {
    let text = cell.text[...]
    return text.prefix(upTo: text.firstRange(of: #/:|,\s[+−]/#)?.lowerBound ?? text.endIndex)
  }

  /// After minus before, where both are numbers in one unit.
  var difference: Double? { Self.difference(before, after) }

  static func difference(_ before: Cell, _ after: Cell) -> Double? {
    guard let old = before.value, let new = after.value, unit(before.text) == unit(after.text)
    else { return nil }
    return new - old
  }

  /// The difference in the digits of the cells.
  static func shown(_ difference: Double, _ cells: Cell...) -> String {
    let numbers = cells.map { $0.text.prefix { !" [%".contains($0) } }
    guard !numbers.contains(where: { $0.contains("e") }) else {
      return Format.significant(difference)
    }
    let digits = numbers.map { number in
      number.firstIndex(of: ".").map { number[$0...].dropFirst().prefix(while: \.isNumber).count }
        ?? 0
    }
    return Format.difference(difference, digits: digits.max() ?? 0)
  }

  /// What is left of a text without its numbers.
  private static func unit(_ text: String) -> String {
    text.filter { $0.isLetter || $0 == "%" || $0 == "×" }.replacing("e", with: "")
  }
}
