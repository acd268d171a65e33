import Testing

@testable import Reports

@Suite struct BarChartTests {
  func script(_ chart: BarChart) throws -> Script {
    try Script(Figure(title: "F", alternative: "", .bars(chart)))
  }

  @Test func barsStandSideBySideFromZero() throws {
    let chart = BarChart(
      categories: ["conv1", "fc"], series: [.init("a", [10, 20]), .init("b", [30, nil])],
      y: Axis("density (%)"))
    let bars = try script(chart).blocks.prefix(3).map { $0[0] }
    #expect(bars.map { $0.map { $0[1] } } == [[0, 10, 10, 0], [0, 20, 20, 0], [0, 30, 30, 0]])
    // The second series' bar begins where the first one's has ended.
    #expect(bars[0][2][0] < bars[2][0][0] && bars[2][2][0] < 1 && bars[1][0][0] > 1)
  }

  @Test func oneSeriesHasNoLegend() throws {
    let chart = BarChart(categories: ["a"], series: [.init("alone", [1])], y: Axis("y"))
    #expect(try !script(chart).has("'alone'"))
  }

  @Test func longNamesAreTurned() throws {
    let series = [BarChart.Series("s", Array(repeating: 1, count: 12))]
    func turned(_ names: [String]) throws -> Bool {
      try script(BarChart(categories: names, series: series, y: Axis("y"))).has("rotate by 40")
    }
    #expect(try turned((0..<12).map { "blocks.\($0).conv1.weight" }))
    #expect(try !turned((0..<12).map { "\($0)" }))
  }

  @Test func logarithmicBarsBeginAtTheRangesEnd() throws {
    let chart = BarChart(
      categories: ["a"], series: [.init("s", [10])],
      y: Axis("y", scale: .log10, range: 1...100))
    #expect(abs(try script(chart).blocks[0][0][0][1] - 1) < 1e-12)
  }
}
