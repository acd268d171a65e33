import Testing

@testable import Reports

@Suite struct BarChartTests {
  private func canvas(_ chart: BarChart) throws -> Canvas {
    try Figure(title: "F", alternative: "", .bars(chart)).canvas()
  }

  private func bars(_ chart: BarChart) throws -> [[[Position]]] {
    try canvas(chart).panels[0].layers.map { layer in
      guard case .areas(let bars, _, _, true) = layer else { throw NoBars() }
      return bars
    }
  }

  private struct NoBars: Error {}

  @Test func barsStandSideBySideFromZero() throws {
    let chart = BarChart(
      categories: ["conv1", "fc"], series: [.init("a", [10, 20]), .init("b", [30, nil])],
      y: Axis("density (%)"))
    let bars = try bars(chart)
    #expect(
      bars.map { $0.map { $0.map(\.y) } } == [
        [[0, 10, 10, 0], [0, 20, 20, 0]], [[0, 30, 30, 0]],
      ])
    // The second series' bar begins where the first one's has ended.
    #expect(bars[0][0][2].x < bars[1][0][0].x && bars[1][0][2].x < 1 && bars[0][1][0].x > 1)
  }

  @Test func neighboursDifferWithoutColourToo() throws {
    let series = ["a", "b", "c", "d"].map { BarChart.Series($0, [1]) }
    let shapes = try canvas(BarChart(categories: ["x"], series: series, y: Axis("y"))).shapes
    let paints = shapes.map(\.paint)
    let (blue, vermillion, green, purple) = (Ink.blue, Ink.vermillion, Ink.green, Ink.purple)
    let expected: [Shape.Paint] = [
      .fill(blue), .stroke(blue, width: 1.2), .fill(vermillion, opacity: 0.4),
      .stroke(vermillion, width: 1.2), .stroke(green, width: 1.2), .fill(purple),
      .stroke(purple, width: 1.2),
    ]
    // In the panel and once more in the legend.
    #expect(paints == [.hairline(.grid), .hairline(.line)] + expected + expected)
    // Samples are whole boxes.
    #expect(shapes.suffix(7).allSatisfy { PathData($0.outlines).text.hasSuffix("z") })
  }

  @Test func oneSeriesHasNoLegend() throws {
    let chart = BarChart(categories: ["a"], series: [.init("alone", [1])], y: Axis("y"))
    let canvas = try canvas(chart)
    #expect(!canvas.texts.map(\.text).contains("alone") && canvas.surroundings.isEmpty)
  }

  @Test func longNamesAreTurned() throws {
    let series = [BarChart.Series("s", Array(repeating: 1, count: 12))]
    func turned(_ names: [String]) throws -> Bool {
      try canvas(BarChart(categories: names, series: series, y: Axis("y"))).texts
        .contains { $0.degrees == 40 }
    }
    #expect(try turned((0..<12).map { "blocks.\($0).conv1.weight" }))
    #expect(try !turned((0..<12).map { "\($0)" }))
  }

  @Test func logarithmicBarsBeginAtTheRangesEnd() throws {
    let chart = BarChart(
      categories: ["a"], series: [.init("s", [10])],
      y: Axis("y", scale: .log10, range: 1...100))
    #expect(abs(try bars(chart)[0][0][0].y - 1) < 1e-12)
  }
}
