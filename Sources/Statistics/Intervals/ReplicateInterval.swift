package import Randomness

/// An interval of the mean over independent replicates, by the way that their number allows.
package struct ReplicateInterval: Hashable, Sendable {
  /// How an interval was made.
  package enum Method: Hashable, Sendable {
    /// Student's t.
    case student
    /// Replicates resampled (BCa).
    case bootstrap
  }

  /// The fewest replicates that are resampled: intervals from fewer are too short.
  package static let fewestResampled = 8

  /// The interval, in the values' unit.
  package let interval: Interval
  /// How it was made.
  package let method: Method

  /// The interval of the mean of `values`, one per replicate; `nil` for fewer than two.
  ///
  /// What is dependent within a replicate must be averaged before.
  ///
  /// - Parameters:
  ///   - level: the confidence level, strictly between 0 and 1.
  ///   - stream: draws the resamples.
  /// - Throws: `StatisticsError` for values that are not finite and other levels.
  package init?(of values: [Double], level: Double, stream: inout RandomStream) throws {
    guard values.count >= 2 else { return nil }
    guard values.count >= Self.fewestResampled else {
      interval = try SampleSummary(values).meanInterval(level: level)
      method = .student
      return
    }
    interval = try bootstrapInterval(values, level: level, resamples: 10_000, stream: &stream) {
      $0.reduce(0, +) / Double($0.count)
    }
    method = .bootstrap
  }
}
