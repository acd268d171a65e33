package import Reports
package import Statistics
import Wording

/// A mean and its interval, which one value alone does not have.
package struct MeanInterval {
  /// The mean.
  package let mean: Double
  /// Its interval; `nil` of one value.
  package let interval: Interval?

  /// A mean and its interval.
  package init(_ mean: Double, _ interval: Interval?) {
    (self.mean, self.interval) = (mean, interval)
  }

  /// The mean of `values` and its t-interval; `nil` for none.
  package init?(of values: [Double], level: Double = 0.95) {
    guard let first = values.first else { return nil }
    let summary = try? SampleSummary(values)
    self.init(summary?.mean ?? first, try? summary?.meanInterval(level: level))
  }

  /// `97.31 [97.02, 97.60]`.
  package func words(digits: Int = 2) -> String {
    let mean = Format.number(mean, digits: digits)
    return interval.map { "\(mean) \(Format.interval($0.lower, $0.upper, digits: digits))" } ?? mean
  }
}

extension LineChart.Point {
  /// A mean and its interval at `x`; a gap where there is none.
  package init(_ x: Double, _ found: MeanInterval?) {
    self.init(x, found?.mean, lower: found?.interval?.lower, upper: found?.interval?.upper)
  }
}

extension LineChart.Point {
  /// A value on a logarithmic axis, on which what is not above 0 has no place: an empty layer is a gap.
  package init(_ x: Double, onLogarithmicAxis value: Double?) {
    self.init(x, value.flatMap { $0 > 0 ? $0 : nil })
  }
}

extension [LineChart.Reference] {
  /// The dense network's mean, where it is known.
  package static func dense(_ found: MeanInterval?) -> [LineChart.Reference] {
    found.map { [.init("dense network", y: $0.mean)] } ?? []
  }
}
