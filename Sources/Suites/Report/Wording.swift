package import Statistics
import Wording

extension Format {
  /// A difference and its interval, if it has one.
  package static func difference(_ mean: Double, _ interval: Interval?, digits: Int) -> String {
    interval.map { difference(mean, lower: $0.lower, upper: $0.upper, digits: digits) }
      ?? difference(mean, digits: digits)
  }

  /// The least and the greatest of `values`, one number where they look alike: `0.22 to 0.88`.
  package static func range(_ values: [Double], digits: Int = 3) -> String {
    guard let least = values.min(), let most = values.max() else { return missing }
    let (low, high) = (significant(least, digits: digits), significant(most, digits: digits))
    return low == high ? low : "\(low) to \(high)"
  }

  /// A p-value in a sentence: `p = 0.012`, `p < 0.001`.
  package static func statement(ofP value: Double) -> String {
    let text = pValue(value)
    return text.hasPrefix("<") ? "p \(text)" : "p = \(text)"
  }

  /// A p-value and, in brackets, an adjusted one, if there is one: `0.012 [0.036]`.
  package static func pValue(_ p: Double?, adjusted: Double?) -> String {
    pValue(p) + (p == nil ? "" : adjusted.map { " [\(pValue($0))]" } ?? "")
  }
}

extension Collection where Element == String {
  /// The names joined by commas and a last `and`.
  package var sentence: String {
    count < 2
      ? joined()
      : dropLast().joined(separator: ", ") + " and " + self[index(endIndex, offsetBy: -1)]
  }
}
