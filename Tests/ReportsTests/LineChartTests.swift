import Testing

@testable import Reports

@Suite struct LineChartTests {
  private func canvas(_ chart: LineChart) throws -> Canvas {
    try Figure(title: "F", alternative: "", .lines(chart)).canvas()
  }

  private func layers(_ chart: LineChart) throws -> [Canvas.Layer] {
    try canvas(chart).panels[0].layers
  }

  @Test func missingValuesAreGaps() throws {
    let points: [LineChart.Point] = [
      .init(0, 1), .init(1, 2), .init(2, nil), .init(3, .nan), .init(4, 5),
    ]
    let layers = try layers(LineChart([.init("s", points)], x: Axis("x"), y: Axis("y")))
    let (first, last) = ([Position(0, 1), Position(1, 2)], [Position(4, 5)])
    #expect(layers.map(\.places) == [[], [first, last], [first + last]])
  }

  @Test func intervalsAreBarsBandsOrHidden() throws {
    let points = (0..<3).map { LineChart.Point(Double($0), 5, lower: 4, upper: 7) }
    func layers(_ intervals: LineChart.Intervals) throws -> [Canvas.Layer] {
      try self.layers(
        LineChart([.init("s", points, intervals: intervals)], x: Axis("x"), y: Axis("y")))
    }
    let line = [Position(0, 5), Position(1, 5), Position(2, 5)]
    let front: [Canvas.Layer] = [
      .lines([line], .blue, width: 1.8), .markers(line, .circle, .blue),
    ]
    #expect(
      try layers(.bars) == [
        .lines(
          [
            [.init(0, 4), .init(0, 7)], [.init(1, 4), .init(1, 7)], [.init(2, 4), .init(2, 7)],
          ], .blue, width: 1.2)
      ] + front)
    #expect(
      try layers(.band) == [
        .areas(
          [
            [.init(0, 4), .init(1, 4), .init(2, 4), .init(2, 7), .init(1, 7), .init(0, 7)]
          ], .blue, opacity: 0.18)
      ] + front)
    #expect(try layers(.hidden) == front)
  }

  @Test func dodgedSeriesStandSideBySideInOrder() throws {
    let series = ["a", "b", "c"].map { name in
      LineChart.Series(name, [.init(10, 1), .init(100, 1)], intervals: .hidden)
    }
    let x = Axis.falling("density (%)", at: [10, 100])
    func places(dodged: Bool) throws -> [Double] {
      let layers = try layers(LineChart(series, x: x, y: Axis("y"), dodged: dodged))
      return stride(from: 0, to: 6, by: 2).map { layers[$0].places[0][0].x }
    }
    let apart = try places(dodged: true)
    // The axis falls, so the first series, on the left, has the greatest x.
    #expect(apart[0] > 10 && abs(apart[1] - 10) < 1e-9 && apart[2] < 10)
    #expect(try places(dodged: false) == [10, 10, 10])
  }

  @Test func panelsShareAxesAndOneLegend() throws {
    let canvas = try Samples.accuracy.canvas()
    #expect(canvas.panels.count == 6)
    #expect(canvas.panels.allSatisfy { $0.y == canvas.panels[0].y && $0.x == canvas.panels[0].x })
    #expect(canvas.panels[0].x.scale == .log10)
    let words = canvas.texts.map(\.text)
    for arm in Samples.arms { #expect(words.count { $0 == arm } == 1) }
    // Labels of the falling axis below the last row only, of the vertical axis on the left only.
    #expect(words.count { $0 == "6.87" } == 3)
    #expect(words.count { $0 == "96" } == 2)
    // Six panels' intervals, lines and markers of a series are three paths; its sample in the legend has two.
    let blue = try Samples.accuracy.svg().ranges(of: "=\"\(Ink.blue.light)\" ")
    #expect(blue.count == 3 + 2)
  }

  @Test func oneSeriesLooksAlikeInAllPanels() throws {
    let a = LineChart.Series("a", [.init(0, 1)], intervals: .hidden)
    let b = LineChart.Series("b", [.init(0, 2)], intervals: .hidden)
    let chart = LineChart(panels: [.init("", [a, b]), .init("", [b])], x: Axis("x"), y: Axis("y"))
    let canvas = try canvas(chart)
    #expect(canvas.panels[0].layers.suffix(2) == canvas.panels[1].layers[...])
    #expect(
      canvas.panels[1].layers == [
        .lines([[.init(0, 2)]], .vermillion, width: 1.8, dash: [7, 3]),
        .markers([.init(0, 2)], .square, .vermillion),
      ])
  }

  @Test func referencesCrossThePanelAndStandInTheLegend() throws {
    let chart = LineChart(
      [.init("s", [.init(0, 1)], intervals: .hidden)], x: Axis("x", range: 0...2), y: Axis("y"),
      references: [.init("chance", y: 10)])
    let canvas = try canvas(chart)
    #expect(
      canvas.panels[0].layers[0]
        == .lines([[.init(0, 10), .init(2, 10)]], .line, width: 1.4, dash: [5, 4]))
    #expect(canvas.texts.contains { $0.text == "chance" })
    // From side to side of the frame.
    let line = try #require(
      canvas.shapes.first { $0.paint == .stroke(.line, width: 1.4, dash: [3.5, 2.8]) })
    guard case .line(let places) = line.outlines[0] else { throw NoLine() }
    let frame = canvas.panels[0].frame
    #expect(places.map(\.x) == [frame.left, frame.right])
  }

  private struct NoLine: Error {}

  @Test func aBandIsShadedBehindEverythingAndStandsInTheLegend() throws {
    let chart = LineChart(
      panels: [.init("", [.init("s", [.init(0, 1)], intervals: .hidden)])],
      x: Axis("x", range: 0...2), y: Axis("y"), band: .init("margin", -0.5...0.5))
    let canvas = try canvas(chart)
    #expect(
      canvas.panels[0].layers[0]
        == .areas([[.init(0, -0.5), .init(2, -0.5), .init(2, 0.5), .init(0, 0.5)]], .shade))
    #expect(canvas.panels[0].y.low < -0.5)
    #expect(canvas.texts.contains { $0.text == "margin" })
  }

  @Test func pointsBeyondTheRangeAreToldByTheirValues() throws {
    let low = LineChart.Series("a", [.init(0, -20), .init(1, 0.5)], intervals: .hidden)
    let lower = LineChart.Series("b", [.init(0, -31.4)], intervals: .hidden)
    let chart = LineChart(
      [low, lower], x: Axis("x", range: -1...2, ticks: []), y: Axis("y", range: -2...2, ticks: []))
    let canvas = try canvas(chart)
    let frame = canvas.panels[0].frame
    let arrows = canvas.surroundings.compactMap { layer -> Position? in
      guard case .areas(let areas, _, _, _) = layer else { return nil }
      return areas.first?.first
    }
    #expect(arrows.count == 2 && arrows.allSatisfy { $0.y == frame.bottom + 10 })
    let told = canvas.texts.filter { ["−20", "−31"].contains($0.text) }
    #expect(told.count == 2 && told[1].place.y == told[0].place.y + 15)
    #expect(told.map(\.ink) == [.blue, .vermillion], "whose value it is")
    #expect(!canvas.texts.contains { $0.text == "0.5" })
    // Between the lowest line and the axis nothing else is drawn.
    #expect(canvas.panels[0].axisPlace == frame.bottom + 42)
    #expect(told.allSatisfy { $0.place.y + 7.5 < canvas.panels[0].axisPlace })
  }

  @Test func denseMarkersAreThinned() throws {
    let points = (0..<500).map { LineChart.Point(Double($0), 1) }
    let layers = try layers(
      LineChart([.init("s", points, intervals: .hidden)], x: Axis("x"), y: Axis("y")))
    #expect(layers[0].places[0].count == 500 && (30...60).contains(layers[1].places[0].count))
    // Points with gaps between them make no line, and none may go.
    let scattered = points.flatMap { [$0, LineChart.Point($0.x, nil)] }
    let single = try self.layers(
      LineChart([.init("s", scattered, intervals: .hidden)], x: Axis("x"), y: Axis("y")))
    #expect(single[1].places[0].count == 500)
  }

  @Test func labelsOfNeighbouringPanelsStayApart() throws {
    let panel = LineChart.Panel("p", [.init("s", [.init(0, 1), .init(1, 2)], intervals: .hidden)])
    for label in ["0.0", "a long label"] {
      let x = Axis("x", range: 0...1, ticks: [.init(0, label: label), .init(1, label: label)])
      let canvas = try canvas(LineChart(panels: [panel, panel], x: x, y: Axis("y")))
      let distance = canvas.panels[1].frame.left - canvas.panels[0].frame.right
      #expect(distance >= Layout.width(label) + 7.99, "\(label)")
    }
  }
}
