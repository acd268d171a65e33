import Wording

extension LineChart {
  /// An arrow and the value of every point beyond the vertical axis' range; values at one place stand below each
  /// other.
  func tellOffScale(
    _ panel: Panel, _ arrangement: Arrangement, _ y: Ruler, in frame: Frame,
    on canvas: inout Canvas
  ) {
    guard self.y.range != nil else { return }
    var told: [Side: Int] = [:]
    for series in panel.series {
      for point in series.points {
        guard let value = point.y, value.isFinite, !(y.low...y.high).contains(value) else {
          continue
        }
        let side = Side(x: point.x, isUpper: (value > y.high) != y.reversed)
        let (tip, inward) = side.isUpper ? (frame.top, 1.0) : (frame.bottom, -1.0)
        let shown = arrangement.shifted(point.x, of: series)
        let place = frame.left + arrangement.ruler.fraction(of: shown) * frame.width
        let base = tip + inward * 8
        canvas.draw([
          .areas(
            [[.init(place, tip), .init(place - 5, base), .init(place + 5, base)]],
            arrangement.look(of: series).ink)
        ])
        let text = Format.significant(value, digits: 2)
        let half = Layout.width(text) / 2
        canvas.text(
          text, x: min(max(place, frame.left + half), frame.right - half),
          y: tip + inward * (17 + 15 * Double(told[side, default: 0])), .center)
        told[side, default: 0] += 1
      }
    }
  }
}

/// Where points leave a panel.
private struct Side: Hashable {
  let x: Double
  let isUpper: Bool
}
