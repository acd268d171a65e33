import Wording

extension LineChart {
  /// The height in pixels of an arrow, and of a line of values.
  private static let (arrowHeight, valueHeight) = (8.0, 15.0)

  /// The heights in pixels of the strips above and below every panel that tell points beyond the vertical axis' range,
  /// so that no value stands on a line.
  func strips(_ y: Ruler) -> (upper: Double, lower: Double) {
    func height(isUpper: Bool) -> Double {
      let most =
        panels.map { panel in
          Dictionary(grouping: offScale(panel, y).filter { $0.isUpper == isUpper }, by: \.x)
            .map(\.value.count).max() ?? 0
        }.max() ?? 0
      return most == 0 ? 0 : Self.arrowHeight + 4 + Self.valueHeight * Double(most)
    }
    return (height(isUpper: true), height(isUpper: false))
  }

  /// An arrow and the value of every point beyond the vertical axis' range, in the colour of its series; values at one
  /// place stand below each other.
  func tellOffScale(
    _ panel: Panel, _ arrangement: Arrangement, _ y: Ruler, in frame: Frame,
    on canvas: inout Canvas
  ) {
    var told: [OffScale.Side: Int] = [:]
    for point in offScale(panel, y) {
      let (edge, outward) = point.isUpper ? (frame.top, -1.0) : (frame.bottom, 1.0)
      let shown = arrangement.shifted(point.x, of: point.series)
      let place = frame.left + arrangement.ruler.fraction(of: shown) * frame.width
      let (base, tip) = (edge + outward * 2, edge + outward * (2 + Self.arrowHeight))
      let ink = arrangement.look(of: point.series).ink
      canvas.draw([
        .areas([[.init(place, tip), .init(place - 5, base), .init(place + 5, base)]], ink)
      ])
      let text = Format.significant(point.value, digits: 2)
      let half = Layout.width(text) / 2
      let line = Double(told[point.side, default: 0])
      canvas.text(
        text, x: min(max(place, frame.left + half), frame.right - half),
        y: tip + outward * Self.valueHeight * (line + 0.5), .center, ink: ink)
      told[point.side, default: 0] += 1
    }
  }

  /// The points of a panel that the vertical axis' range leaves out.
  private func offScale(_ panel: Panel, _ y: Ruler) -> [OffScale] {
    guard self.y.range != nil else { return [] }
    return panel.series.flatMap { series in
      series.points.compactMap { point in
        guard let value = point.y, value.isFinite, !(y.low...y.high).contains(value) else {
          return nil
        }
        return OffScale(
          series: series, x: point.x, value: value, isUpper: (value > y.high) != y.reversed)
      }
    }
  }
}

/// A point that leaves its panel.
private struct OffScale {
  /// Where points leave a panel.
  struct Side: Hashable {
    let x: Double
    let isUpper: Bool
  }

  let series: LineChart.Series
  let x: Double
  let value: Double
  /// Whether it lies above the panel rather than below.
  let isUpper: Bool

  var side: Side { Side(x: x, isUpper: isUpper) }
}
