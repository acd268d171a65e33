import Wording

extension ForestPlot {
  /// Lays the plot out.
  func canvas(figure: String) throws(ReportsError) -> Canvas {
    let ruler = try Ruler(
      Axis(label, range: range ?? fittingRange), covering: [], figure: figure)
    let rows = groups.flatMap(\.rows)
    let headed = groups.contains { !$0.heading.isEmpty }
    let indent = headed ? 14.0 : 0
    let labels =
      (rows.map { Layout.width(Layout.name($0.label)) + indent }
      + groups.map { Layout.width(Layout.name($0.heading, bold: true), bold: true) }).max() ?? 0
    let figures = rows.map { Layout.width(numbers($0)) }.max() ?? 0
    let words = rows.map { Layout.width(word($0)) }.max() ?? 0

    let width = Layout.wide
    let left = Layout.edge + labels + 16
    let right = width - Layout.edge - words - 18 - figures - 18
    let legend = Legend(
      [.init(name: "within the margin of ±\(Format.significant(margin))", sample: .region)],
      left: left, top: Layout.edge, right: width)
    let top = Layout.edge + legend.height + 6
    let lines = lines
    let bottom = top + (lines.last?.middle ?? 0) + Self.rowHeight / 2 + 4
    let height = (bottom + 24 + (label.isEmpty ? 0 : 22) + Layout.edge).rounded()

    var canvas = Canvas(width: width, height: height)
    legend.draw(on: &canvas)
    let frame = Frame(left: left, top: top, right: max(right, left + 100), bottom: bottom)
    let vertical = try Ruler(
      Axis("", range: 0...frame.height, ticks: [], reversed: true), covering: [], figure: figure)
    canvas.panel(
      frame, x: ruler.thinned(to: frame.width), y: vertical,
      axes: .init(yLabels: false, xGrid: true, yGrid: false),
      background(height: frame.height)
        + lines.flatMap { line in
          line.row.map { layers($0, y: line.middle, ruler, frame.width) } ?? []
        })
    for line in lines {
      let y = top + line.middle
      guard let row = line.row else {
        canvas.text(Layout.name(line.heading, bold: true), x: Layout.edge, y: y, bold: true)
        continue
      }
      canvas.text(Layout.name(row.label), x: Layout.edge + indent, y: y)
      canvas.text(numbers(row), x: frame.right + 18 + figures, y: y, .right)
      canvas.text(word(row), x: frame.right + 18 + figures + 18, y: y)
    }
    canvas.text(label, x: (frame.left + frame.right) / 2, y: bottom + 34, .center)
    return canvas
  }

  private static let rowHeight = 23.0

  private typealias Line = (heading: String, row: Row?, middle: Double)

  /// Headings and rows with their middles in pixels from the panel's top.
  private var lines: [Line] {
    var result: [Line] = []
    var middle = Self.rowHeight / 2 + 2
    for group in groups {
      if !result.isEmpty { middle += 7 }
      if !group.heading.isEmpty {
        result.append((group.heading, nil, middle))
        middle += Self.rowHeight
      }
      for row in group.rows {
        result.append(("", row, middle))
        middle += Self.rowHeight
      }
    }
    return result
  }

  private var fittingRange: ClosedRange<Double> {
    let values = groups.flatMap(\.rows).flatMap { [$0.estimate, $0.lower, $0.upper] }
      .filter(\.isFinite)
    let limit = 6 * margin
    let low = max(-limit, min(-1.4 * margin, (values.min() ?? 0) - 0.2 * margin))
    let high = min(limit, max(1.4 * margin, (values.max() ?? 0) + 0.2 * margin))
    return low...high
  }

  private func numbers(_ row: Row) -> String {
    Format.difference(row.estimate, lower: row.lower, upper: row.upper, digits: digits)
  }

  private func word(_ row: Row) -> String {
    row.verdict.rawValue + (row.isInformative ? "" : " (uninformative)")
  }

  private func background(height: Double) -> [Canvas.Layer] {
    [
      .areas(
        [[.init(-margin, 0), .init(margin, 0), .init(margin, height), .init(-margin, height)]],
        .shade),
      .lines(
        [-margin, margin].map { [.init($0, 0), .init($0, height)] }, .line, width: 1,
        dash: [4, 3]),
      .lines([[.init(0, 0), .init(0, height)]], .line, width: 1.2),
    ]
  }

  private func layers(
    _ row: Row, y: Double, _ ruler: Ruler, _ width: Double
  ) -> [Canvas.Layer] {
    guard row.estimate.isFinite else { return [] }
    let ink = row.verdict.ink
    let pixel = (ruler.high - ruler.low) / width
    let lower = row.lower.isNaN ? row.estimate : max(row.lower, ruler.low)
    let upper = row.upper.isNaN ? row.estimate : min(row.upper, ruler.high)
    var layers: [Canvas.Layer] = []
    if lower < upper {
      layers.append(.lines([[.init(lower, y), .init(upper, y)]], ink, width: 2))
    }
    func arrow(at tip: Double, _ length: Double) -> Canvas.Layer {
      .areas([[.init(tip, y), .init(tip + length, y - 5), .init(tip + length, y + 5)]], ink)
    }
    if row.lower < ruler.low { layers.append(arrow(at: ruler.low, 9 * pixel)) }
    if row.upper > ruler.high { layers.append(arrow(at: ruler.high, -9 * pixel)) }
    if (ruler.low...ruler.high).contains(row.estimate) {
      layers.append(
        .markers([.init(row.estimate, y)], row.verdict.marker, ink, hollow: !row.isInformative))
    }
    return layers
  }
}

extension ForestPlot.Verdict {
  fileprivate var ink: Ink {
    switch self {
    case .maintained: .green
    case .lowered: .vermillion
    case .raised: .blue
    case .undecided: .line
    }
  }

  fileprivate var marker: Look.Marker {
    switch self {
    case .maintained: .circle
    case .lowered: .invertedTriangle
    case .raised: .triangle
    case .undecided: .diamond
    }
  }
}
