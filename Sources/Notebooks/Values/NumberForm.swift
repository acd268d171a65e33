import Wording

/// How a number stands in a sentence, in the words of Python's format strings: `.1f`, `+.2f`, `.3g`, `.0%`, `,`.
enum NumberForm: Hashable {
  /// Up to six significant digits.
  case plain
  /// Fixed decimals, with a plus where it is `signed`.
  case fixed(Int, signed: Bool)
  /// Significant digits, without zeros at the end.
  case significant(Int)
  /// A fraction in percent.
  case percent(Int)
  /// A whole number with separated thousands.
  case thousands

  init?(_ text: Substring) {
    if text == "," {
      self = .thousands
      return
    }
    let signed = text.first == "+"
    let rest = signed ? text.dropFirst() : text
    guard rest.first == ".", let kind = rest.last, let digits = Int(rest.dropFirst().dropLast()),
      (0...17).contains(digits)
    else { return nil }
    switch kind {
    case "f": self = .fixed(digits, signed: signed)
    case "g" where !signed && digits > 0: self = .significant(digits)
    case "%" where !signed: self = .percent(digits)
    default: return nil
    }
  }

  /// `number` as it stands in a sentence.
  func text(of number: Double) -> String {
    switch self {
    case .plain: Format.significant(number, digits: 6)
    case .fixed(let digits, signed: false): Format.number(number, digits: digits)
    case .fixed(let digits, signed: true): Format.difference(number, digits: digits)
    case .significant(let digits): Format.significant(number, digits: digits)
    case .percent(let digits): Format.number(number * 100, digits: digits) + " %"
    case .thousands: Format.count(Int(exactly: number.rounded()))
    }
  }
}
