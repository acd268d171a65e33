import Testing

@testable import Reports

@Suite struct CanvasShapesTests {
  private let frame = Frame(left: 100, top: 20, right: 300, bottom: 120)

  /// The shapes of a panel from 0 to 10 and 0 to 5, 20 pixels a unit, without those of its axes.
  private func shapes(_ layers: [Canvas.Layer]) throws -> [Shape] {
    try canvas(layers).shapes.filter {
      if case .hairline = $0.paint { false } else { true }
    }
  }

  private func canvas(
    _ layers: [Canvas.Layer] = [], xReversed: Bool = false, axes: Canvas.Axes = .init()
  ) throws -> Canvas {
    var canvas = Canvas(width: 400, height: 200)
    canvas.panel(
      frame,
      x: try Ruler(
        Axis("x", range: 0...10, ticks: [0, 5, 20].map { .init($0) }, reversed: xReversed),
        covering: [], figure: "F"),
      y: try Ruler(
        Axis("y", range: 0...5, ticks: [.init(2, label: "two")]), covering: [], figure: "F"),
      axes: axes, layers)
    return canvas
  }

  @Test func dataStandWhereTheAxesSay() throws {
    let line = [Position(0, 0), Position(5, 2.5), Position(10, 5)]
    #expect(
      try shapes([.lines([line], .blue, width: 2)]) == [
        Shape(
          paint: .stroke(.blue, width: 2),
          outlines: [.line([.init(100, 120), .init(200, 70), .init(300, 20)])])
      ])
    let reversed = try canvas([.lines([line], .blue, width: 2)], xReversed: true).shapes
    #expect(reversed.last?.outlines == [.line([.init(300, 120), .init(200, 70), .init(100, 20)])])
  }

  @Test func axesHaveTicksAndGridsWhereTheyAre() throws {
    // The tick at 20 lies outside.
    let axis = Shape(
      paint: .hairline(.line),
      outlines: [
        .line([.init(100, 120), .init(300, 120)]), .line([.init(100, 120), .init(100, 125)]),
        .line([.init(200, 120), .init(200, 125)]),
      ])
    let level = Shape.Outline.line([.init(100, 80), .init(300, 80)])
    #expect(
      try canvas().shapes == [Shape(paint: .hairline(.grid), outlines: [level]), axis])
    let upright = [100.0, 200].map { Shape.Outline.line([.init($0, 120), .init($0, 20)]) }
    #expect(
      try canvas(axes: .init(xGrid: true, yGrid: false)).shapes == [
        Shape(paint: .hairline(.grid), outlines: upright), axis,
      ])
    #expect(try canvas(axes: .init(yGrid: false)).shapes == [axis])
  }

  @Test func ticksAreLabelledBesideTheAxes() throws {
    #expect(
      try canvas().texts == [
        .init(text: "0", place: .init(100, 135), alignment: .center),
        .init(text: "5", place: .init(200, 135), alignment: .center),
        .init(text: "two", place: .init(92, 80), alignment: .right),
      ])
    #expect(
      try canvas(axes: .init(yLabels: false, xRotated: true)).texts == [
        .init(text: "0", place: .init(105, 130), alignment: .right, degrees: 40),
        .init(text: "5", place: .init(205, 130), alignment: .right, degrees: 40),
      ])
    #expect(try canvas(axes: .init(xLabels: false, yLabels: false)).texts.isEmpty)
  }

  @Test func dashesGrowWithTheLine() throws {
    let line = [Position(0, 1), Position(10, 1)]
    let drawn = try shapes([.lines([line], .line, width: 1.4, dash: [5, 4])])
    #expect(drawn.first?.paint == .stroke(.line, width: 1.4, dash: [3.5, 2.8]))
  }

  @Test func linesEndAtTheFrame() throws {
    let drawn = try shapes([
      .lines(
        [[.init(-5, 1), .init(5, 1), .init(5, 9)], [.init(2, -1), .init(2, 6)]], .blue, width: 1)
    ])
    #expect(
      drawn.map(\.outlines) == [
        [
          .line([.init(100, 100), .init(200, 100), .init(200, 20)]),
          .line([.init(140, 120), .init(140, 20)]),
        ]
      ])
    #expect(try shapes([.lines([[.init(0, 6), .init(10, 6)]], .blue, width: 1)]).isEmpty)
  }

  @Test func markersStandWholeOrNotAtAll() throws {
    let places = [Position(0, 0), Position(10, 5), Position(10.1, 2), Position(5, .nan)]
    #expect(
      try shapes([.markers(places, .circle, .green)]) == [
        Shape(
          paint: .fill(.green),
          outlines: [
            .circle(.init(100, 120), radius: 3.3), .circle(.init(300, 20), radius: 3.3),
          ])
      ])
  }

  @Test func hollowMarkersShowWhatIsBehind() throws {
    let drawn = try shapes([.markers([.init(5, 1)], .square, .green, hollow: true)])
    #expect(drawn.map(\.paint) == [.stroke(.green, width: 1.6)])
  }

  @Test func areasAreCutAndHaveNoOutlineThere() throws {
    let bar = [Position(1, 0), Position(1, 10), Position(2, 10), Position(2, 0)]
    let drawn = try shapes([.areas([bar], .blue, opacity: 0.4, outlined: true)])
    #expect(drawn.map(\.paint) == [.fill(.blue, opacity: 0.4), .stroke(.blue, width: 1.2)])
    #expect(
      drawn[0].outlines == [
        .polygon([.init(120, 120), .init(120, 20), .init(140, 20), .init(140, 120)])
      ])
    #expect(
      drawn[1].outlines == [
        .line([.init(120, 120), .init(120, 20)]),
        .line([.init(140, 20), .init(140, 120), .init(120, 120)]),
      ])
    // Without colour inside there is only the outline.
    let hollow = try shapes([.areas([bar], .blue, opacity: 0, outlined: true)])
    #expect(hollow == [drawn[1]])
    #expect(try shapes([.areas([bar], .blue)]).map(\.paint) == [.fill(.blue)])
  }

  @Test func onePaintAndDepthInSeveralPanelsIsOneShape() throws {
    let layers: [Canvas.Layer] = [
      .lines([[.init(0, 1), .init(10, 1)]], .blue, width: 1),
      .markers([.init(5, 1)], .circle, .blue),
      .lines([[.init(0, 2), .init(10, 2)]], .blue, width: 1),
    ]
    var canvas = try canvas(layers)
    let first = canvas.panels[0]
    canvas.panel(
      Frame(left: 350, top: 20, right: 390, bottom: 120), x: first.x, y: first.y, layers)
    // The grids, the axes, and each depth: what one depth hides, stays hidden.
    #expect(canvas.shapes.map(\.outlines.count) == [2, 6, 2, 2, 2])
  }

  @Test func surroundingsArePixels() {
    var canvas = Canvas(width: 100, height: 100)
    canvas.draw([.lines([[.init(5, 6), .init(7, 8)]], .line, width: 1)])
    #expect(canvas.shapes.map(\.outlines) == [[.line([.init(5, 6), .init(7, 8)])]])
  }
}
