import CGSL
import Foundation

/// Summaries of a sample of any size that need no second value.
package enum Sample {
  /// The arithmetic mean, by `gsl_stats_mean`; not a number for no values.
  package static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : gsl_stats_mean(values, 1, values.count)
  }

  /// exp of the mean logarithm; `nil` for no values.
  package static func geometricMean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : exp(mean(values.map { log($0) }))
  }
}
