package import Statistics
import Wording

extension Format {
  /// A difference and its interval, if it has one.
  package static func difference(_ mean: Double, _ interval: Interval?, digits: Int) -> String {
    interval.map { difference(mean, lower: $0.lower, upper: $0.upper, digits: digits) }
      ?? difference(mean, digits: digits)
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
