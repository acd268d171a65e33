import Testing

@testable import Reports

@Suite struct ForestPlotTests {
  private func canvas(_ rows: [ForestPlot.Row], margin: Double = 0.5) throws -> Canvas {
    try Figure(
      title: "F", alternative: "",
      .forest(ForestPlot([.init("SNIP", rows)], margin: margin, label: "difference (points)"))
    ).canvas()
  }

  private func row(_ verdict: ForestPlot.Verdict, isInformative: Bool = true) -> ForestPlot.Row {
    .init("r", estimate: 0, lower: -1, upper: 1, verdict: verdict, isInformative: isInformative)
  }

  @Test func everyVerdictHasItsOwnColourAndShape() throws {
    let markers = try ForestPlot.Verdict.allCases.map { verdict in
      try canvas([row(verdict)]).panels[0].layers.last
    }
    // The heading's row, then half of the verdict's.
    let place = [Position(0, 2 + 23 + 11.5)]
    #expect(
      markers == [
        .markers(place, .circle, .green), .markers(place, .invertedTriangle, .vermillion),
        .markers(place, .triangle, .blue), .markers(place, .diamond, .line),
      ])
  }

  @Test func rowsShowNumbersAndWords() throws {
    let canvas = try canvas([
      .init("shuffle", estimate: 0.1, lower: -0.3, upper: 0.5, verdict: .maintained),
      .init(
        "invert", estimate: -1, lower: -2, upper: 0.1, verdict: .undecided, isInformative: false),
    ])
    for text in [
      "SNIP", "shuffle", "+0.1 [−0.3, 0.5]", "maintained", "−1.0 [−2.0, 0.1]",
      "undecided (uninformative)", "within the margin of ±0.5", "difference (points)",
    ] { #expect(canvas.texts.contains { $0.text == text }, "\(text)") }
    #expect(canvas.texts.filter(\.isBold).map(\.text) == ["SNIP"])
  }

  @Test func uninformativeVerdictsAreHollow() throws {
    func paint(_ row: ForestPlot.Row) throws -> Shape.Paint? {
      // The last shape is the legend's.
      try canvas([row]).shapes.dropLast().last?.paint
    }
    #expect(try paint(row(.maintained)) == .fill(.green))
    #expect(try paint(row(.maintained, isInformative: false)) == .stroke(.green, width: 1.6))
  }

  @Test func theMarginIsShadedBehindEverything() throws {
    let panel = try canvas([row(.undecided)]).panels[0]
    let height = panel.frame.height
    #expect(
      panel.layers.first
        == .areas(
          [[.init(-0.5, 0), .init(0.5, 0), .init(0.5, height), .init(-0.5, height)]], .shade))
  }

  @Test func greatEffectsAreArrowsAtTheEdge() throws {
    let canvas = try canvas([
      .init("shuffle", estimate: 0.1, lower: -0.3, upper: 0.5, verdict: .maintained),
      .init("invert", estimate: -60, lower: -70, upper: -50, verdict: .lowered),
    ])
    let panel = canvas.panels[0]
    #expect(panel.x.low == -3 && panel.x.high == 0.7)
    // The last but one shape, before the legend's: its tip on the frame's left side.
    let arrow = try #require(canvas.shapes.dropLast().last)
    #expect(arrow.paint == .fill(.vermillion))
    guard case .polygon(let corners) = arrow.outlines[0] else { throw NoArrow() }
    #expect(corners.count == 3 && corners[0].x == panel.frame.left)
    #expect(abs(corners[1].x - corners[0].x - 9) < 1e-9 && corners[1].x == corners[2].x)
    #expect(abs(corners[2].y - corners[1].y).rounded() == 10)
  }

  private struct NoArrow: Error {}
}
