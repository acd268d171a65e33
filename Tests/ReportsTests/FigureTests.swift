import Foundation
import Testing

@testable import Reports

@Suite struct FigureTests {
  static let samples = Samples.all.indices

  @Test(arguments: samples)
  func oneFigureGivesTheSameBytesTwice(index: Int) throws {
    let figure = Samples.all[index]
    #expect(try figure.svg() == figure.svg())
  }

  @Test(arguments: samples)
  func picturesAreWellFormedNamedAndTimeless(index: Int) throws {
    let figure = Samples.all[index]
    let text = try figure.svg()
    let picture = try #require(ParsedSVG(text))
    #expect(picture.texts("title") == [figure.title])
    #expect(picture.texts("desc") == [figure.alternative])
    #expect(picture.root["role"] == "img")
    #expect(picture.root["aria-labelledby"] == "title description")
    #expect(Set(["title", "description"]).isSubset(of: picture.identifiers))
    #expect(Set(picture.identifiers).count == picture.identifiers.count)
    #expect(text.firstMatch(of: #/<!--|20[0-9][0-9]-[0-9][0-9]-/#) == nil)
    #expect(!picture.elements.contains { ["image", "script"].contains($0.name) })
  }

  @Test(arguments: samples)
  func everyColourHasItsDarkRuleAndNothingIsPaintedBehind(index: Int) throws {
    let text = try Samples.all[index].svg()
    let style = try #require(ParsedSVG(text)?.texts("style").first)
    #expect(style.contains("@media (prefers-color-scheme: dark)"))
    // The text becomes light.
    #expect(style.contains("[fill=\"#1f2328\"] { fill: #e6edf3 }"))
    let body = text[try #require(text.firstRange(of: "</style>")).upperBound...]
    for match in body.matches(of: #/(stroke|fill)="([^"]*)"/#) where match.2 != "none" {
      #expect(style.contains("[\(match.1)=\"\(match.2)\"]"), "\(match.0) has no dark rule")
    }
    #expect(!body.contains("<rect"))
  }

  @Test(arguments: samples)
  func pathsAreMadeOfNumbersAndFilesAreSmall(index: Int) throws {
    let text = try Samples.all[index].svg()
    let data = text.matches(of: #/ d="([^"]*)"/#).map { $0.1 }
    #expect(!data.isEmpty)
    for path in data {
      #expect(path.wholeMatch(of: #/M[-0-9.MlhvazZ ]+/#) != nil, "\(path)")
      // Two decimals at most.
      #expect(path.firstMatch(of: #/\.[0-9]{3}/#) == nil)
    }
    for place in text.matches(of: #/ (?:x|y)="([^"]*)"/#) { #expect(Double(place.1) != nil) }
    #expect(text.utf8.count < 20_000)
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
    let picture = try #require(ParsedSVG(try figure.svg()))
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
    for (drawing, count) in [(Figure.Drawing.lines(lines), 2), (.bars(bars), 1)] {
      let picture = try #require(
        ParsedSVG(try Figure(title: name, alternative: name, drawing).svg()), "\(name)")
      #expect(picture.texts("text").count { $0 == name } >= count, "\(picture.texts("text"))")
      #expect(picture.texts("title") == [name])
    }
  }

  @Test func endlessNamesLeaveRoomForTheFigure() throws {
    let name = String(repeating: "features.denseblock.conv.weight.", count: 10)
    let bars = BarChart(
      categories: [name, "b"], series: [.init(name, [1, 2]), .init("s", [1, 2])], y: Axis("y"))
    let line = LineChart.Series(name, [.init(0, 1), .init(1, 2)])
    let lines = LineChart(panels: [.init(name, [line])], x: Axis("x"), y: Axis("y"))
    for drawing in [Figure.Drawing.bars(bars), .lines(lines)] {
      let canvas = try Figure(title: "F", alternative: "", drawing).canvas()
      #expect(canvas.panels[0].frame.width >= 180 && canvas.height < 600)
      let cut = canvas.texts.filter { $0.text.hasSuffix("…") }
      #expect(cut.count == 2)
      for text in cut where text.alignment == .left {
        let end = text.place.x + Layout.width(text.text, bold: text.isBold)
        #expect(end <= canvas.width && text.place.x >= 0)
      }
    }
  }

  @Test func charactersThatNoSVGCanHoldAreLeftOut() throws {
    let chart = BarChart(
      categories: ["a\u{7}\u{1B}[31m\u{FFFE}\u{FFFF}b"], series: [.init("s", [1])], y: Axis("y"))
    let picture = try #require(
      ParsedSVG(try Figure(title: "\u{1}F", alternative: "\u{FFFE}", .bars(chart)).svg()))
    #expect(picture.texts("text").contains("a[31mb"))
    #expect(picture.texts("title") == ["F"])
  }

  @Test func lineBreaksInNamesAreSpaces() throws {
    let chart = BarChart(categories: ["a\nquit"], series: [.init("s", [1])], y: Axis("y"))
    let picture = ParsedSVG(try Figure(title: "F", alternative: "", .bars(chart)).svg())
    #expect(picture?.texts("text").contains("a quit") == true)
  }

  @Test func numbersBeyondAllMeasureDrawNothing() throws {
    let points = [-1.7e308, 1.7e308, 1e-308, .infinity, 0].enumerated().map {
      LineChart.Point(Double($0.offset), $0.element, lower: -.infinity, upper: 1e300)
    }
    for y in [Axis("y", range: -1...1), Axis("y")] {
      let chart = LineChart([.init("s", points)], x: Axis("x"), y: y)
      let canvas = try Figure(title: "F", alternative: "", .lines(chart)).canvas()
      let places = canvas.shapes.flatMap(\.outlines).flatMap { outline in
        switch outline {
        case .line(let places), .polygon(let places): places
        case .circle(let place, _): [place]
        }
      }
      #expect(places.allSatisfy { (0...640).contains($0.x) && (0...400).contains($0.y) })
    }
  }

  @Test func valuesWithoutLogarithmAreNamed() {
    let chart = LineChart(
      [.init("s", [.init(0, 1)])], x: Axis("density (%)", scale: .log10), y: Axis("y"))
    #expect(throws: ReportsError.notPositive(figure: "F", axis: "density (%)", value: 0)) {
      try Figure(title: "F", alternative: "", .lines(chart)).svg()
    }
  }
}
