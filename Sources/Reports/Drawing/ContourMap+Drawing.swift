extension ContourMap {
  /// Lays the map out.
  func canvas(figure: String) throws(ReportsError) -> Canvas {
    guard values.joined().contains(where: { $0?.isFinite == true }) else {
      throw .nothingToDraw(figure: figure, axis: label)
    }
    let xRuler = try Ruler(
      Axis(axes.x, range: xs[0]...xs[xs.count - 1]), covering: [], figure: figure)
    let yRuler = try Ruler(
      Axis(axes.y, range: ys[0]...ys[ys.count - 1]), covering: [], figure: figure)
    let labels = yRuler.ticks.map { Layout.width($0.label) }.max() ?? 0
    let scale = levelLabels
    let scaleWidth = Self.boxWidth + 6 + (scale.map { Layout.width($0) }.max() ?? 0)
    let left = Layout.edge + 24 + labels + 8
    let right = Layout.narrow - Layout.edge - scaleWidth - 18
    let legend = Legend(
      paths.indices.map { .init(name: paths[$0].name, sample: .line(Self.look($0))) }, left: left,
      top: Layout.edge, right: Layout.narrow - Layout.edge)
    let top = Layout.edge + legend.height + Layout.lineHeight + 6
    let slope = (yRuler.high - yRuler.low) / (xRuler.high - xRuler.low)
    // One scale on both axes, unless the figure would become a strip.
    let height = min(max((right - left) * slope, 180), 620)
    let frame = Frame(left: left, top: top, right: right, bottom: top + height)

    var canvas = Canvas(
      width: Layout.narrow, height: (frame.bottom + 24 + 22 + Layout.edge).rounded())
    legend.draw(on: &canvas)
    canvas.text(
      label, x: Layout.narrow - Layout.edge, y: top - Layout.lineHeight / 2 - 2, .right)
    canvas.panel(
      frame, x: xRuler.thinned(to: frame.width), y: yRuler, axes: .init(yGrid: false), layers)
    for mark in marks {
      let x = frame.left + xRuler.fraction(of: mark.place.x) * frame.width
      let y = frame.bottom - yRuler.fraction(of: mark.place.y) * frame.height
      // Names stay inside: to the left of marks in the right half.
      let isRight = x > (frame.left + frame.right) / 2
      canvas.text(mark.name, x: isRight ? x - 9 : x + 9, y: y - 10, isRight ? .right : .left)
    }
    draw(scale, beside: frame, on: &canvas)
    canvas.text(axes.x, x: (left + right) / 2, y: frame.bottom + 34, .center)
    canvas.text(
      axes.y, x: left - labels - 24, y: (top + frame.bottom) / 2, .center, degrees: 90)
    return canvas
  }

  private static let boxWidth = 16.0

  /// Blue is the ground's, so that paths begin with the next colour.
  private static func look(_ index: Int) -> Look { Look.series(index + 1) }

  private var layers: [Canvas.Layer] {
    let bands = [-Double.infinity] + levels
    return bands.enumerated().map { index, level in
      .areas(region(above: level), Ink.levels[index])
    }
      + paths.enumerated().map { index, path in
        .lines(
          [path.places.map { .init($0.x, $0.y) }], Self.look(index).ink, width: 2.2,
          dash: Self.look(index).dash)
      }
      + [.markers(marks.map { .init($0.place.x, $0.place.y) }, .circle, .text)]
  }

  /// Polygons where the values, linear along the grid's lines, are at least `level`: whole cells joined row by
  /// row, and the parts of cells that the level line cuts.
  func region(above level: Double) -> [[Canvas.Position]] {
    var polygons: [[Canvas.Position]] = []
    for row in 0..<ys.count - 1 {
      var start: Int?
      func close(at column: Int) {
        guard let first = start else { return }
        polygons.append([
          .init(xs[first], ys[row]), .init(xs[column], ys[row]),
          .init(xs[column], ys[row + 1]), .init(xs[first], ys[row + 1]),
        ])
        start = nil
      }
      for column in 0..<xs.count - 1 {
        let cell = cell(row, column)
        if cell.count == 4, cell.allSatisfy({ $0.value >= level }) {
          start = start ?? column
          continue
        }
        close(at: column)
        let polygon = Self.clipped(cell, above: level)
        if polygon.count > 2 { polygons.append(polygon) }
      }
      close(at: xs.count - 1)
    }
    return polygons
  }

  /// Corners of a cell around it; empty where one has no value.
  private func cell(_ row: Int, _ column: Int) -> [(place: Canvas.Position, value: Double)] {
    let corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
      .compactMap { row, column in
        values[row][column].flatMap { value in
          value.isFinite ? (place: Canvas.Position(xs[column], ys[row]), value: value) : nil
        }
      }
    return corners.count == 4 ? corners : []
  }

  private static func clipped(
    _ cell: [(place: Canvas.Position, value: Double)], above level: Double
  ) -> [Canvas.Position] {
    cell.indices.flatMap { index -> [Canvas.Position] in
      let (one, next) = (cell[index], cell[(index + 1) % cell.count])
      let corner = one.value >= level ? [one.place] : []
      guard (one.value >= level) != (next.value >= level) else { return corner }
      let part = (level - one.value) / (next.value - one.value)
      return corner + [
        .init(
          one.place.x + part * (next.place.x - one.place.x),
          one.place.y + part * (next.place.y - one.place.y))
      ]
    }
  }

  /// The lowest value, the levels, the highest value.
  private var levelLabels: [String] {
    let known = values.joined().compactMap { $0 }.filter(\.isFinite)
    return ([known.min() ?? 0] + levels + [known.max() ?? 0]).map { Format.significant($0) }
  }

  /// Boxes of the bands' colours from the lowest up, with the values between them.
  private func draw(_ labels: [String], beside frame: Frame, on canvas: inout Canvas) {
    let left = frame.right + 18
    let step = frame.height / Double(labels.count - 1)
    for (index, label) in labels.enumerated() {
      let bottom = frame.bottom - Double(index) * step
      canvas.text(label, x: left + Self.boxWidth + 6, y: bottom)
      guard index < labels.count - 1 else { continue }
      canvas.draw([
        .areas(
          [
            [
              .init(left, bottom), .init(left, bottom - step),
              .init(left + Self.boxWidth, bottom - step), .init(left + Self.boxWidth, bottom),
            ]
          ], Ink.levels[index])
      ])
    }
  }
}
