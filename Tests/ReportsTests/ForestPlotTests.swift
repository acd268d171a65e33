import Testing

@testable import Reports

@Suite struct ForestPlotTests {
  func script(_ rows: [ForestPlot.Row], margin: Double = 0.5) throws -> Script {
    try Script(
      Figure(
        title: "F", alternative: "",
        .forest(ForestPlot([.init("SNIP", rows)], margin: margin, label: "difference (points)"))))
  }

  @Test func everyVerdictHasItsOwnColourAndShape() throws {
    let markers = try ForestPlot.Verdict.allCases.map { verdict in
      let text = try script([
        .init("r", estimate: 0, lower: -1, upper: 1, verdict: verdict)
      ]).text
      let marker = try #require(text.firstMatch(of: #/pt ([0-9]+) .* rgb '([^']*)'/#))
      return (shape: String(marker.1), colour: String(marker.2))
    }
    #expect(Set(markers.map(\.shape)).count == 4)
    #expect(Set(markers.map(\.colour)).count == 4)
  }

  @Test func rowsShowNumbersAndWords() throws {
    let script = try script([
      .init("shuffle", estimate: 0.1, lower: -0.3, upper: 0.5, verdict: .maintained),
      .init(
        "invert", estimate: -1, lower: -2, upper: 0.1, verdict: .undecided, isInformative: false),
    ])
    for text in [
      "SNIP", "shuffle", "+0.1 [−0.3, 0.5]", "maintained", "−1.0 [−2.0, 0.1]",
      "undecided (uninformative)", "within the margin of ±0.5", "difference (points)",
    ] { #expect(script.has("set label '\(text)'")) }
    // Filled and hollow markers.
    #expect(script.has(" pt 7 ") && script.has(" pt 12 "))
  }

  @Test func theMarginIsShadedBehindEverything() throws {
    let region = try script([.init("r", estimate: 0, lower: -1, upper: 1, verdict: .undecided)])
      .blocks[0][0]
    #expect(region.map { $0[0] } == [-0.5, 0.5, 0.5, -0.5])
  }

  @Test func greatEffectsAreArrowsAtTheEdge() throws {
    let script = try script([
      .init("shuffle", estimate: 0.1, lower: -0.3, upper: 0.5, verdict: .maintained),
      .init("invert", estimate: -60, lower: -70, upper: -50, verdict: .lowered),
    ])
    #expect(script.has("set xrange [-3:0.7]"))
    let arrow = script.blocks.first { $0[0].count == 3 }
    #expect(arrow?[0][0][0] == -3)
    #expect(!script.text.contains("-60"))
  }
}
