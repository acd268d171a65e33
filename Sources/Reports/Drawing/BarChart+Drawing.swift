import Foundation

extension BarChart {
  /// Lays the chart out.
  func canvas(figure: String) throws(ReportsError) -> Canvas {
    let names = categories.map { Layout.name($0) }
    let values = series.flatMap(\.values).compactMap { $0 }.filter(\.isFinite)
    let yRuler = try Ruler(
      y, covering: y.scale == .linear ? values + [0] : values,
      padding: (y.scale == .linear && values.allSatisfy { $0 >= 0 } ? 0 : 0.05, 0.05),
      figure: figure)
    let xRuler = try Ruler(
      Axis(
        label, range: 0...Double(max(1, categories.count)),
        ticks: names.enumerated().map { .init(Double($0.offset) + 0.5, label: $0.element) }),
      covering: [], figure: figure)

    let bars = categories.count * series.count
    let width = bars > 24 ? Layout.wide : Layout.narrow
    let labels = yRuler.ticks.map { Layout.width($0.label) }.max() ?? 0
    let longest = names.map { Layout.width($0) }.max() ?? 0
    let right = width - Layout.edge - 8
    let space = Layout.edge + (y.label.isEmpty ? 0 : 24) + labels + 8
    let rotated = longest + 6 > (right - space) / Double(max(1, categories.count))
    // A turned label ends below its bar and begins further left.
    let left = rotated ? max(space, Layout.edge + longest * cos(Self.angle)) : space
    let legend = Legend(entries, left: left, top: Layout.edge, right: right)
    let top = Layout.edge + (series.count > 1 ? legend.height + 10 : 4)
    let bottom = top + 240
    let depth = rotated ? longest * sin(Self.angle) + 14 : 24
    let height = (bottom + depth + (label.isEmpty ? 0 : 22) + Layout.edge).rounded()

    var canvas = Canvas(width: width, height: height)
    if series.count > 1 { legend.draw(on: &canvas) }
    canvas.panel(
      Frame(left: left, top: top, right: right, bottom: bottom), x: xRuler, y: yRuler,
      axes: .init(xRotated: rotated), layers(from: y.scale == .linear ? 0 : yRuler.low))
    canvas.text(label, x: (left + right) / 2, y: bottom + depth + 10, .center)
    canvas.text(y.label, x: left - labels - 24, y: (top + bottom) / 2, .center, degrees: 90)
    return canvas
  }

  private static let angle = Double(Canvas.tilt) * Double.pi / 180

  private var entries: [Legend.Entry] {
    series.enumerated().map { index, series in
      .init(
        name: series.name,
        sample: .bar(Look.series(index).ink, opacity: Self.opacity(index)))
    }
  }

  private func layers(from base: Double) -> [Canvas.Layer] {
    let width = 0.8 / Double(max(1, series.count))
    return series.enumerated().map { index, series in
      let bars = series.values.enumerated().compactMap { category, value -> [Position]? in
        guard let value, value.isFinite else { return nil }
        let left = Double(category) + 0.1 + Double(index) * width
        let right = left + width * 0.9
        return [.init(left, base), .init(left, value), .init(right, value), .init(right, base)]
      }
      return .areas(
        bars, Look.series(index).ink, opacity: Self.opacity(index), outlined: true)
    }
  }

  /// Full, pale and hollow in turn, so that neighbours differ without colour too.
  private static func opacity(_ index: Int) -> Double {
    [1, 0.4, 0][index % 3]
  }
}
