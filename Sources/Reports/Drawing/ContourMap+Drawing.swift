import Wording

extension ContourMap {
  /// Lays the map out.
  func canvas(figure: String) throws(ReportsError) -> Canvas {
    guard values.joined().contains(where: { $0?.isFinite == true }) else {
      throw .nothingToDraw(figure: figure, axis: label)
    }
    let xRuler = try Ruler(
      Axis(xLabel, range: xs[0]...xs[xs.count - 1]), covering: [], figure: figure)
    let yRuler = try Ruler(
      Axis(yLabel, range: ys[0]...ys[ys.count - 1]), covering: [], figure: figure)
    let labels = yRuler.ticks.map { Layout.width($0.label) }.max() ?? 0
    let scale = levelLabels
    let scaleWidth = Self.boxWidth + 6 + (scale.map { Layout.width($0) }.max() ?? 0)
    // The bands' border is on whole pixels, so that it is sharp.
    let left = (Layout.edge + 24 + labels + 8).rounded()
    let right = (Layout.narrow - Layout.edge - scaleWidth - 18).rounded()
    let legend = Legend(
      paths.indices.map { .init(name: paths[$0].name, sample: .line(Self.look($0))) }, left: left,
      top: Layout.edge, right: Layout.narrow - Layout.edge)
    let top = Layout.edge + legend.height + Layout.lineHeight + 6
    let slope = (yRuler.high - yRuler.low) / (xRuler.high - xRuler.low)
    // One scale on both axes, unless the figure would become a strip.
    let height = min(max((right - left) * slope, 180), 620).rounded()
    let frame = Frame(left: left, top: top, right: right, bottom: top + height)

    var canvas = Canvas(
      width: Layout.narrow, height: (frame.bottom + 24 + 22 + Layout.edge).rounded())
    legend.draw(on: &canvas)
    canvas.text(
      label, x: Layout.narrow - Layout.edge, y: top - Layout.lineHeight / 2 - 6, .right)
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
    canvas.text(xLabel, x: (left + right) / 2, y: frame.bottom + 34, .center)
    canvas.text(
      yLabel, x: left - labels - 24, y: (top + frame.bottom) / 2, .center, degrees: 90)
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
          [path.places], Self.look(index).ink, width: 2.2,
          dash: Self.look(index).dash)
      }
      + [.markers(marks.map(\.place), .circle, .text)]
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
      // Up to the top, where the next ones cover it: between boxes side by side the ground would shine through.
      canvas.draw([
        .areas(
          [
            [
              .init(left, bottom), .init(left, frame.top),
              .init(left + Self.boxWidth, frame.top), .init(left + Self.boxWidth, bottom),
            ]
          ], Ink.levels[index])
      ])
    }
  }
}
