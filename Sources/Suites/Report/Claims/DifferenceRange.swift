package import Reports

extension ClosedRange<Double> {
  /// The axis of differences with a margin: six margins to either side at most, so that what may be the same is seen
  /// apart.
  package static func differences(_ panels: [LineChart.Panel], margin: Double) -> Self {
    let ends = panels.flatMap(\.series).flatMap(\.points).flatMap { [$0.y, $0.lower, $0.upper] }
      .compactMap { $0 }
    let limit = 6 * margin
    let low = Swift.max(-limit, Swift.min(-1.4 * margin, (ends.min() ?? 0) - 0.2 * margin))
    let high = Swift.min(limit, Swift.max(1.4 * margin, (ends.max() ?? 0) + 0.2 * margin))
    return low...high
  }
}
