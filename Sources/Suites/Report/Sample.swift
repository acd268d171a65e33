import Foundation

/// Small summaries of values that reports draw.
enum Sample {
  /// exp of the mean logarithm; `nil` for no values.
  static func geometricMean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : exp(values.reduce(0) { $0 + log($1) } / Double(values.count))
  }
}
