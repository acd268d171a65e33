extension Canvas {
  /// All that is drawn, in the order of painting.
  ///
  /// Panels lie beside each other, so that what has one paint and one depth in several is one shape.
  var shapes: [Shape] {
    let stacks = panels.map { panel in
      panel.layers.flatMap { $0.shapes(in: panel.frame, panel.pixels) }
    }
    let inside = (0..<(stacks.map(\.count).max() ?? 0)).flatMap { depth in
      Shape.joined(stacks.compactMap { depth < $0.count ? $0[depth] : nil })
    }
    let whole = Frame(left: 0, top: 0, right: width, bottom: height)
    let around = surroundings.flatMap { $0.shapes(in: whole) { $0 } }
    return (Shape.joined(panels.map(\.grid)) + Shape.joined(panels.map(\.axis)) + inside + around)
      .filter { !$0.outlines.isEmpty }
  }
}

extension Canvas.Panel {
  private static let tickLength = 5.0

  fileprivate var grid: Shape {
    let upright =
      axes.xGrid
      ? xTicks.map { [Position($0.place, frame.bottom), Position($0.place, frame.top)] } : []
    let level =
      axes.yGrid
      ? yTicks.map { [Position(frame.left, $0.place), Position(frame.right, $0.place)] } : []
    return Shape(paint: .hairline(.grid), outlines: (upright + level).map { .line($0) })
  }

  fileprivate var axis: Shape {
    let line = [Position(frame.left, axisPlace), Position(frame.right, axisPlace)]
    let ticks = xTicks.map {
      [Position($0.place, axisPlace), Position($0.place, axisPlace + Self.tickLength)]
    }
    return Shape(paint: .hairline(.line), outlines: ([line] + ticks).map { .line($0) })
  }
}

extension Canvas.Layer {
  private static let outlineWidth = 1.2
  private static let hollowWidth = 1.6

  /// What of the layer lies inside a frame, after `pixels` has placed it.
  fileprivate func shapes(in frame: Frame, _ pixels: (Position) -> Position) -> [Shape] {
    switch self {
    case .lines(let lines, let ink, let width, let dash):
      let parts = lines.flatMap { frame.clipped(line: $0.map(pixels)) }
      let lengths = dash.map { Double($0) * width / 2 }
      return [
        Shape(
          paint: .stroke(ink, width: width, dash: lengths), outlines: parts.map { .line($0) })
      ]
    case .markers(let places, let marker, let ink, let hollow):
      let inside = places.map(pixels).filter { $0.isFinite && frame.contains($0) }
      return [
        Shape(
          paint: hollow ? .stroke(ink, width: Self.hollowWidth) : .fill(ink),
          outlines: inside.map(marker.outline))
      ]
    case .areas(let polygons, let ink, let opacity, let outlined):
      let placed = polygons.map { $0.map(pixels) }
      let filled = placed.map { frame.clipped(polygon: $0) }.filter { !$0.isEmpty }
      // Where the frame cuts a polygon off, it has no outline.
      let drawn = placed.flatMap { frame.clipped(line: $0 + $0.prefix(1)) }
      let inside = Shape(
        paint: .fill(ink, opacity: opacity), outlines: filled.map { .polygon($0) })
      let border = Shape(
        paint: .stroke(ink, width: Self.outlineWidth), outlines: drawn.map { .line($0) })
      return (opacity > 0 ? [inside] : []) + (outlined ? [border] : [])
    }
  }
}
