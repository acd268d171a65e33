import Foundation

/// Writes every number that a reader of a report sees.
///
/// One place, so that a difference looks the same in a table, a figure and a sentence. The results
/// do not depend on the locale. A minus is the true minus "−" (U+2212), a missing value, `nil` or not a number, "–".
package enum Format {
  /// What stands for a number that does not exist: an en dash.
  package static let missing = "–"

  /// Writes a number with fixed decimals, such as an accuracy in points: `97.31`.
  ///
  /// A value that rounds to zero has no sign. Infinities become `∞` and `−∞`.
  package static func number(_ value: Double?, digits: Int) -> String {
    guard let value, !value.isNaN else { return missing }
    let magnitude = value.isInfinite ? "∞" : String(format: "%.\(digits)f", abs(value))
    return (value < 0 && !isZero(magnitude) ? "−" : "") + magnitude
  }

  /// Writes a difference with its sign: `+0.3`, `−0.3`, and `0.0` where it rounds to zero.
  package static func difference(_ value: Double?, digits: Int = 1) -> String {
    let text = number(value, digits: digits)
    return value ?? 0 > 0 && !isZero(text) ? "+" + text : text
  }

  /// Writes an interval: `[−0.3, 0.5]`.
  package static func interval(_ lower: Double, _ upper: Double, digits: Int = 1) -> String {
    "[\(number(lower, digits: digits)), \(number(upper, digits: digits))]"
  }

  /// Writes a difference followed by its interval: `+0.1 [−0.3, 0.5]`.
  package static func difference(
    _ value: Double, lower: Double, upper: Double, digits: Int = 1
  ) -> String {
    "\(difference(value, digits: digits)) \(interval(lower, upper, digits: digits))"
  }

  /// Writes a p-value with three decimals: `0.003`, or `< 0.001` below that.
  package static func pValue(_ p: Double?) -> String {
    p ?? 1 < 0.001 ? "< 0.001" : number(p, digits: 3)
  }

  /// Writes a number with at most the given significant digits and no trailing zeros: `6.87`, `1.8`.
  ///
  /// Digits left of the decimal point are never dropped. Magnitudes below 10⁻⁴ are written `1.2e−5`.
  package static func significant(_ value: Double?, digits: Int = 3) -> String {
    guard let value, value.isFinite, value != 0 else { return number(value, digits: 0) }
    if abs(value) < 1e-4 {
      let parts = String(format: "%.\(digits - 1)e", abs(value)).split(separator: "e")
      let exponent = Int(parts[1]).map { number(Double($0), digits: 0) } ?? String(parts[1])
      return (value < 0 ? "−" : "") + trimmed(String(parts[0])) + "e" + exponent
    }
    let decimals = max(0, digits - 1 - Int(log10(abs(value)).rounded(.down)))
    return trimmed(number(value, digits: decimals))
  }

  /// Writes a fraction, such as a density in [0, 1], as percent: `51.2 %`, `1.8 %`, `100 %`.
  package static func percent(_ fraction: Double?, significant digits: Int = 3) -> String {
    guard let fraction, !fraction.isNaN else { return missing }
    return significant(fraction * 100, digits: digits) + " %"
  }

  /// Writes a count with separated thousands: `1,234,567`.
  package static func count(_ count: Int?) -> String {
    guard let count else { return missing }
    let digits = Array(String(count.magnitude))
    var text = count < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// Writes a count with its noun: `1 run`, `1,234 runs`; `plural` where no s makes one.
  package static func count(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(self.count(count)) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  /// Writes a duration in its two largest units: `450 ms`, `3.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d`.
  package static func duration(seconds: Double) -> String {
    guard seconds.isFinite else { return number(seconds, digits: 0) }
    if seconds < 0 { return "−" + duration(seconds: -seconds) }
    if seconds == 0 { return "0 s" }
    if seconds < 0.9995 { return significant(seconds * 1000) + " ms" }
    if seconds < 9.95 { return number(seconds, digits: 1) + " s" }
    let minutes = (seconds / 60).rounded()
    let hours = (seconds / 3600).rounded()
    if seconds < 59.5 { return number(seconds, digits: 0) + " s" }
    if seconds < 3599.5 { return two(seconds.rounded(), "s", per: 60, "min") }
    if minutes < 1440 { return two(minutes, "min", per: 60, "h") }
    return two(hours, "h", per: 24, "d")
  }

  /// Writes a size in decimal units: `812 B`, `4.1 kB`, `12.3 MB`.
  package static func bytes(_ count: Int) -> String {
    var value = Double(count)
    var unit = 0
    let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
    while abs(value) >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return significant(value) + " " + units[unit]
  }

  /// Writes the first names of a list: `a, b, c and 4 more`.
  package static func list(_ names: [String], limit: Int = 3) -> String {
    names.prefix(limit).joined(separator: ", ")
      + (names.count > limit ? " and \(names.count - limit) more" : "")
  }

  private static func two(
    _ amount: Double, _ small: String, per ratio: Double, _ large: String
  ) -> String {
    let whole = (amount / ratio).rounded(.down)
    let rest = amount - whole * ratio
    let head = number(whole, digits: 0) + " " + large
    return rest == 0 ? head : head + " " + number(rest, digits: 0) + " " + small
  }

  private static func isZero(_ text: String) -> Bool {
    text.allSatisfy { $0 == "0" || $0 == "." }
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var digits = Substring(text)
    while digits.hasSuffix("0") { digits.removeLast() }
    if digits.hasSuffix(".") { digits.removeLast() }
    return String(digits)
  }
}
