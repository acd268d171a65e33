extension LineChart {
  /// Lays the chart out.
  func canvas(figure: String) throws(ReportsError) -> Canvas {
    let xs = panels.flatMap(\.series).flatMap(\.points).map(\.x).filter(\.isFinite)
    let ys =
      panels.flatMap(\.series).flatMap { $0.values } + references.map(\.y)
      + (band.map { [$0.range.lowerBound, $0.range.upperBound] } ?? [])
    let xRuler = try Ruler(x, covering: xs, padding: (0.06, 0.06), figure: figure)
    let yRuler = try Ruler(y, covering: ys, figure: figure)
    let columns = panels.count <= 1 ? 1 : [2, 4].contains(panels.count) ? 2 : 3
    let rows = max(1, (panels.count + columns - 1) / columns)
    let width = columns == 1 ? Layout.narrow : Layout.wide

    let labels = yRuler.ticks.map { Layout.width($0.label) }.max() ?? 0
    let left = Layout.edge + (y.label.isEmpty ? 0 : 24) + labels + 8
    let right = width - Layout.edge - 8
    let legend = Legend(entries, left: left, top: Layout.edge, right: right)
    let title = panels.contains { !$0.title.isEmpty } ? Layout.lineHeight + 3 : 0
    let top = Layout.edge + legend.height + 8
    let gap = (
      x: max(22, clearance(xRuler, width: (right - left) / Double(columns))),
      y: columns * rows > panels.count ? 30.0 : 16.0
    )
    let panelWidth = (right - left - gap.x * Double(columns - 1)) / Double(columns)
    let panelHeight = columns == 1 ? 270 : columns == 2 ? 220.0 : 165
    let strips = strips(yRuler)
    let rowHeight = title + strips.upper + panelHeight + strips.lower
    let bottom = top + Double(rows) * rowHeight + Double(rows - 1) * gap.y
    let height = (bottom + 24 + (x.label.isEmpty ? 0 : 22) + Layout.edge).rounded()

    var canvas = Canvas(width: width, height: height)
    legend.draw(on: &canvas)
    let arrangement = Arrangement(self, names: names, xRuler, width: panelWidth)
    for (index, panel) in panels.enumerated() {
      let row = Double(index / columns)
      let column = Double(index % columns)
      let titleTop = top + row * (rowHeight + gap.y)
      let panelTop = titleTop + title + strips.upper
      let panelLeft = left + column * (panelWidth + gap.x)
      let frame = Frame(
        left: panelLeft, top: panelTop, right: panelLeft + panelWidth,
        bottom: panelTop + panelHeight)
      canvas.text(
        Layout.shortened(panel.title, to: panelWidth, bold: true), x: panelLeft,
        y: titleTop + title / 2 - 1, bold: true)
      canvas.panel(
        frame, x: xRuler.thinned(to: panelWidth), y: yRuler,
        axes: .init(
          xLabels: index + columns >= panels.count, yLabels: index.isMultiple(of: columns),
          strip: strips.lower),
        layers(panel, arrangement))
      tellOffScale(panel, arrangement, yRuler, in: frame, on: &canvas)
    }
    canvas.text(x.label, x: (left + right) / 2, y: bottom + 24 + 10, .center)
    canvas.text(
      y.label, x: left - labels - 24, y: (top + title + bottom) / 2, .center, degrees: 90)
    return canvas
  }

  /// The distance between panels that keeps the labels of neighbours apart.
  private func clearance(_ x: Ruler, width: Double) -> Double {
    let shown = x.thinned(to: width).ticks.filter {
      !$0.label.isEmpty && (0...1).contains(x.fraction(of: $0.value))
    }
    let overhangs = shown.map { tick in
      let (half, place) = (Layout.width(tick.label) / 2, x.fraction(of: tick.value) * width)
      return (left: half - place, right: half - (width - place))
    }
    return (overhangs.map(\.left).max() ?? 0) + (overhangs.map(\.right).max() ?? 0) + 8
  }

  private var names: [String] {
    var seen: Set<String> = []
    return panels.flatMap(\.series).map(\.name).filter { seen.insert($0).inserted }
  }

  private var entries: [Legend.Entry] {
    names.enumerated().map { .init(name: $0.element, sample: .series(.series($0.offset))) }
      + references.enumerated().map {
        .init(name: $0.element.name, sample: .reference(dash: Look.reference($0.offset)))
      } + (band.map { [.init(name: $0.name, sample: .region)] } ?? [])
  }

  private func layers(_ panel: Panel, _ arrangement: Arrangement) -> [Canvas.Layer] {
    let ruler = arrangement.ruler
    let lines = references.enumerated().map { index, reference in
      Canvas.Layer.lines(
        [[.init(ruler.low, reference.y), .init(ruler.high, reference.y)]], .line, width: 1.4,
        dash: Look.reference(index))
    }
    let parts = panel.series.map { series in
      series.layers(arrangement.look(of: series), width: arrangement.width) {
        arrangement.shifted($0, of: series)
      }
    }
    // All bands below all bars, these below all lines: no interval may hide a point.
    return shade(ruler) + parts.flatMap(\.behind) + lines + parts.flatMap(\.front)
  }

  private func shade(_ ruler: Ruler) -> [Canvas.Layer] {
    guard let range = band?.range else { return [] }
    let corners = [
      Position(ruler.low, range.lowerBound), Position(ruler.high, range.lowerBound),
      Position(ruler.high, range.upperBound), Position(ruler.low, range.upperBound),
    ]
    return [.areas([corners], .shade)]
  }
}

/// What all panels have in common: how series look, and where their points stand beside each other.
struct Arrangement {
  /// The horizontal axis.
  let ruler: Ruler
  /// Of a panel, in pixels.
  let width: Double
  private let places: [String: Int]
  /// The distance in pixels between neighbours at one position; 0 where they overlap.
  private let step: Double

  /// The arrangement of the series with these `names`.
  init(_ chart: LineChart, names: [String], _ ruler: Ruler, width: Double) {
    self.ruler = ruler
    self.width = width
    places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
    guard chart.dodged else {
      step = 0
      return
    }
    let xs = Set(chart.panels.flatMap(\.series).flatMap(\.points).map(\.x)).filter(\.isFinite)
      .map { ruler.fraction(of: $0) * width }.sorted()
    let nearest = zip(xs, xs.dropFirst()).map { $1 - $0 }.min() ?? width
    // Never so far that groups meet.
    step = min(4.5, 0.6 * nearest / Double(max(1, names.count)))
  }

  func look(of series: LineChart.Series) -> Look { .series(places[series.name] ?? 0) }

  /// Where a series' point stands beside those of others at one position.
  func shifted(_ x: Double, of series: LineChart.Series) -> Double {
    let place = Double(places[series.name] ?? 0) - Double(places.count - 1) / 2
    let shift = step * place / width
    return shift == 0 ? x : ruler.value(at: ruler.fraction(of: x) + shift)
  }
}

extension LineChart.Series {
  /// All finite numbers that the vertical axis must cover.
  var values: [Double] {
    points.flatMap { point in
      intervals == .hidden ? [point.y] : [point.y, point.lower, point.upper]
    }.compactMap { $0 }.filter(\.isFinite)
  }

  fileprivate func layers(
    _ look: Look, width: Double, position: (Double) -> Double
  ) -> (behind: [Canvas.Layer], front: [Canvas.Layer]) {
    var runs: [[Position]] = [[]]
    var bounds: [[(x: Double, lower: Double, upper: Double)]] = [[]]
    for point in points {
      let x = position(point.x)
      if let y = point.y, y.isFinite, x.isFinite {
        runs[runs.count - 1].append(.init(x, y))
      } else {
        runs.append([])
      }
      if let lower = point.lower, let upper = point.upper, lower.isFinite, upper.isFinite {
        bounds[bounds.count - 1].append((x, lower, upper))
      } else {
        bounds.append([])
      }
    }
    var behind: [Canvas.Layer] = []
    switch intervals {
    case .hidden:
      break
    case .bars:
      let bars = bounds.joined().map { [Position($0.x, $0.lower), Position($0.x, $0.upper)] }
      behind.append(.lines(bars, look.ink, width: 1.2))
    case .band:
      let bands = bounds.filter { $0.count > 1 }.map { run in
        run.map { Position($0.x, $0.lower) } + run.reversed().map { Position($0.x, $0.upper) }
      }
      behind.append(.areas(bands, look.ink, opacity: 0.18))
    }
    // Markers that would merge into a thick line are thinned to one in about twelve pixels; single points are all there is.
    let marked = runs.flatMap { run in
      let step = max(1, Int(12 * Double(run.count) / width))
      return run.enumerated().filter { $0.offset.isMultiple(of: step) }.map(\.element)
    }
    return (
      behind,
      [
        .lines(runs, look.ink, width: 1.8, dash: look.dash),
        .markers(marked, look.marker, look.ink),
      ]
    )
  }
}
