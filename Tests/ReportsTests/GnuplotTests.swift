import Foundation
import Testing

@testable import Reports

@Suite struct GnuplotTests {
  static let samples = Samples.all.indices

  @Test(arguments: samples)
  func oneFigureGivesTheSameBytesTwice(index: Int) throws {
    let figure = Samples.all[index]
    #expect(try Gnuplot.script(for: figure) == Gnuplot.script(for: figure))
    #expect(try Gnuplot().svg(figure) == Gnuplot().svg(figure))
  }

  @Test(arguments: samples)
  func picturesAreWellFormedNamedAndWithoutVersions(index: Int) throws {
    let figure = Samples.all[index]
    let text = try Gnuplot().svg(figure)
    let picture = try #require(ParsedSVG(text))
    #expect(picture.texts("title") == [figure.title])
    #expect(picture.texts("desc") == [figure.alternative])
    #expect(picture.root["role"] == "img")
    #expect(picture.root["aria-labelledby"] == "title description")
    #expect(Set(["title", "description"]).isSubset(of: picture.identifiers))
    #expect(Set(picture.identifiers).count == picture.identifiers.count)
    #expect(text.firstMatch(of: #/(?i)produced by|gnuplot [0-9]|patchlevel|<!--/#) == nil)
    #expect(text.firstMatch(of: #/20[0-9][0-9]-[0-9][0-9]-/#) == nil)
    #expect(!picture.elements.contains { ["image", "script"].contains($0.name) })
  }

  @Test(arguments: samples)
  func everyColourHasItsDarkRuleAndNothingIsPainted(index: Int) throws {
    let text = try Gnuplot().svg(Samples.all[index])
    let style = try #require(ParsedSVG(text)?.texts("style").first)
    #expect(style.contains("@media (prefers-color-scheme: dark)"))
    // The text becomes light.
    #expect(style.contains("[fill=\"#1f2328\"] { fill: #e6edf3 }"))
    let body = text[(text.firstRange(of: "</style>")?.upperBound ?? text.startIndex)...]
    // Markers and text boxes that gnuplot defines and nobody uses are painted white.
    let drawn = body[(body.firstRange(of: "</defs>")?.upperBound ?? body.startIndex)...]
    for match in drawn.matches(of: #/(?:stroke|fill|color)\s*=\s*["']([^"']*)["']/#) {
      let colour = String(match.1)
      #expect(
        ["none", "currentColor"].contains(colour) || style.contains("=\"\(colour)\"]"),
        "\(colour) has no dark rule")
    }
    // No rectangle behind the drawing.
    #expect(!drawn.contains("<rect"))
  }

  @Test func specialCharactersSurvive() throws {
    let name = Samples.special
    let line = LineChart.Series(name, [.init(0, 1), .init(1, 2)])
    let figure = Figure(
      title: name, alternative: name,
      .lines(
        LineChart(
          panels: [.init("", [line])], x: Axis(name, ticks: [.init(0.5, label: name)]),
          y: Axis(name), references: [.init(name, y: 1.5)])))
    let picture = try #require(ParsedSVG(try Gnuplot().svg(figure)))
    #expect(picture.texts("title") == [name])
    #expect(picture.texts("desc") == [name])
    // Both axes' labels, a tick's, and two names in the legend.
    #expect(picture.texts("text").filter { $0 == name }.count == 5)
  }

  @Test(
    "any name is drawn as it is",
    arguments: [
      "'a", "'", "''", "a'b", "a'", "\"b", "\"", "b\"c\"", "@x", "a_b^c{}", "{", "}", "$x", "\\",
      "a\\n",
      "\\047", "`date`", "`", "%d", "%", "#c", "a]]>b", "<b>&amp;", "!ls", "[1:2]", "a;quit",
      "e\u{301}",
      "ä'7", "'7", "\u{1F600}", "a, b", "=", "~", "0471", "…",
    ])
  func anyNameIsDrawn(name: String) throws {
    let line = LineChart.Series(name, [.init(0, 1), .init(1, 2)])
    let lines = LineChart(panels: [.init(name, [line])], x: Axis("x"), y: Axis(name))
    let bars = BarChart(categories: [name], series: [.init(name, [1])], y: Axis("y"))
    let forest = ForestPlot(
      [
        .init(name, [.init(name, estimate: 0, lower: -1, upper: 1, verdict: .undecided)])
      ], margin: 0.5, label: "points")
    for (drawing, count) in [
      (Figure.Drawing.lines(lines), 2), (.bars(bars), 1), (.forest(forest), 2),
    ] {
      let picture = try #require(
        ParsedSVG(try Gnuplot().svg(Figure(title: name, alternative: name, drawing))), "\(name)")
      #expect(picture.texts("text").count { $0 == name } >= count, "\(picture.texts("text"))")
      #expect(picture.texts("title") == [name])
    }
  }

  @Test func charactersThatNoSVGCanHoldAreLeftOut() throws {
    let chart = BarChart(
      categories: ["a\u{7}\u{1B}[31m\u{FFFE}\u{FFFF}b"], series: [.init("s", [1])], y: Axis("y"))
    let picture = try #require(
      ParsedSVG(try Gnuplot().svg(Figure(title: "\u{1}F", alternative: "\u{FFFE}", .bars(chart)))))
    #expect(picture.texts("text").contains("a[31mb"))
    #expect(picture.texts("title") == ["F"])
  }

  @Test func lineBreaksInNamesAreSpaces() throws {
    let chart = BarChart(categories: ["a\nquit"], series: [.init("s", [1])], y: Axis("y"))
    let picture = ParsedSVG(
      try Gnuplot().svg(Figure(title: "F", alternative: "", .bars(chart))))
    #expect(picture?.texts("text").contains("a quit") == true)
  }

  @Test func longFiguresAreReadWhole() throws {
    let points = (0..<20_000).map { LineChart.Point(Double($0), Double($0 * 7919 % 1000)) }
    let figure = Figure(
      title: "F", alternative: "",
      .lines(LineChart([.init("s", points)], x: Axis("x"), y: Axis("y"))))
    #expect(ParsedSVG(try Gnuplot().svg(figure)) != nil)
  }

  @Test func aMissingExecutableIsNamed() {
    for name in ["gnuplot-that-is-not-there", "/nowhere/gnuplot"] {
      #expect(throws: ReportsError.gnuplotMissing(executable: name)) {
        try Gnuplot(executable: name).svg(Samples.layers)
      }
    }
    #expect(Gnuplot.find("gnuplot", in: "") == nil)
    #expect(Gnuplot.find("sh", in: "/nowhere::/bin") == "/bin/sh")
  }

  @Test func anotherProgramIsReportedWithItsWords() {
    #expect(
      throws: ReportsError.gnuplotFailed(
        figure: "Verdicts", status: 0, message: "no drawing in its output")
    ) { try Gnuplot(executable: "true").svg(Samples.forest) }
    #expect {
      try Gnuplot(executable: "ls").svg(Samples.forest)
    } throws: { error in
      guard case ReportsError.gnuplotFailed(_, let status, let message) = error else {
        return false
      }
      return status != 0 && message.contains("default-settings")
    }
  }

  @Test func valuesWithoutLogarithmAreNamed() {
    let chart = LineChart(
      [.init("s", [.init(0, 1)])], x: Axis("density (%)", scale: .log10), y: Axis("y"))
    #expect(throws: ReportsError.notPositive(figure: "F", axis: "density (%)", value: 0)) {
      try Gnuplot().svg(Figure(title: "F", alternative: "", .lines(chart)))
    }
  }
}
