import Testing

@testable import Reports

@Suite struct LineChartTests {
  func script(_ chart: LineChart) throws -> Script {
    try Script(Figure(title: "F", alternative: "", .lines(chart)))
  }

  @Test func missingValuesAreGaps() throws {
    let points: [LineChart.Point] = [
      .init(0, 1), .init(1, 2), .init(2, nil), .init(3, .nan), .init(4, 5),
    ]
    let script = try script(LineChart([.init("s", points)], x: Axis("x"), y: Axis("y")))
    #expect(script.blocks[0] == [[[0, 1], [1, 2]], [[4, 5]]])
    #expect(script.blocks[1] == [[[0, 1], [1, 2], [4, 5]]])
  }

  @Test func intervalsAreBarsBandsOrHidden() throws {
    let points = (0..<3).map { LineChart.Point(Double($0), 5, lower: 4, upper: 7) }
    func blocks(_ intervals: LineChart.Intervals) throws -> Script {
      try script(LineChart([.init("s", points, intervals: intervals)], x: Axis("x"), y: Axis("y")))
    }
    #expect(
      try blocks(.bars).blocks[0] == [
        [[0, 4], [0, 7]], [[1, 4], [1, 7]], [[2, 4], [2, 7]],
      ])
    #expect(
      try blocks(.band).blocks[0] == [[[0, 4], [1, 4], [2, 4], [2, 7], [1, 7], [0, 7]]])
    #expect(try blocks(.hidden).blocks.count == (try blocks(.bars).blocks.count) - 1)
  }

  @Test func dodgedSeriesStandSideBySideInOrder() throws {
    let series = ["a", "b", "c"].map { name in
      LineChart.Series(name, [.init(10, 1), .init(100, 1)])
    }
    let x = Axis.falling("density (%)", at: [10, 100])
    let apart = try script(LineChart(series, x: x, y: Axis("y"), dodged: true)).blocks
    let places = stride(from: 0, to: 6, by: 2).map { apart[$0][0][0][0] }
    // The axis falls, so the first series, on the left, has the greatest x.
    #expect(places[0] > 10 && abs(places[1] - 10) < 1e-9 && places[2] < 10)
    let together = try script(LineChart(series, x: x, y: Axis("y"))).blocks
    #expect(stride(from: 0, to: 6, by: 2).allSatisfy { together[$0][0][0][0] == 10 })
  }

  @Test func panelsShareAxesAndOneLegend() throws {
    let script = try Script(Samples.accuracy)
    #expect(script.text.components(of: "set xrange [") == 7)
    #expect(Set(script.text.matches(of: #/set yrange \[[^\]]*\]/#).map { $0.output }).count == 2)
    for arm in Samples.arms { #expect(script.text.components(of: "'\(arm)'") == 1) }
    // Labels of the falling axis below the last row only, of the vertical axis on the left only.
    #expect(script.text.components(of: "set label '6.87'") == 3)
    #expect(script.text.components(of: "set label '96'") == 2)
    #expect(script.has("set logscale x 10"))
  }

  @Test func oneSeriesLooksAlikeInAllPanels() throws {
    let a = LineChart.Series("a", [.init(0, 1)])
    let b = LineChart.Series("b", [.init(0, 2)])
    let chart = LineChart(panels: [.init("", [a, b]), .init("", [b])], x: Axis("x"), y: Axis("y"))
    let text = try script(chart).text
    // Line and marker of "b" in two panels and in the legend.
    #expect(text.components(of: Look.series(1).ink.light) == 6)
  }

  @Test func referencesCrossThePanelAndStandInTheLegend() throws {
    let chart = LineChart(
      [.init("s", [.init(0, 1)])], x: Axis("x", range: 0...2), y: Axis("y"),
      references: [.init("chance", y: 10)])
    let script = try script(chart)
    #expect(script.blocks[0] == [[[0, 10], [2, 10]]])
    #expect(script.has("set label 'chance'"))
  }

  @Test func denseMarkersAreThinned() throws {
    let points = (0..<500).map { LineChart.Point(Double($0), 1) }
    let blocks = try script(LineChart([.init("s", points)], x: Axis("x"), y: Axis("y"))).blocks
    #expect(blocks[0][0].count == 500 && (30...60).contains(blocks[1][0].count))
  }
}

extension String {
  /// How often a string occurs.
  func components(of part: String) -> Int {
    ranges(of: part).count
  }
}
