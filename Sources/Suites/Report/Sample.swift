import Foundation

/// Small summaries of values that reports draw.
package enum Sample {
  /// exp of the mean logarithm; `nil` for no values.
  package static func geometricMean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : exp(values.reduce(0) { $0 + log($1) } / Double(values.count))
  }
}
