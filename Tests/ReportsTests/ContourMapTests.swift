import Testing

@testable import Reports

@Suite struct ContourMapTests {
  /// A bowl around (1, 1) on a grid of `side`² places from 0 to 4 and 0 to 2.
  private func bowl(_ side: Int = 9, gap: Bool = false) -> ContourMap {
    let xs = (0..<side).map { 4 * Double($0) / Double(side - 1) }
    let ys = xs.map { $0 / 2 }
    return ContourMap(
      xs: xs, ys: ys,
      values: ys.enumerated().map { row, y in
        xs.enumerated().map { column, x in
          gap && row == 0 && column == 0 ? nil : (x - 1) * (x - 1) + (y - 1) * (y - 1)
        }
      }, label: "test error (%)", axes: ("x", "y"),
      marks: [.init("start", .init(0, 0)), .init("end", .init(4, 0)), .init("bend", .init(1, 2))],
      paths: [
        .init("segment", [.init(0, 0), .init(4, 0)]),
        .init("Bézier curve", [.init(0, 0), .init(2, 1), .init(4, 0)]),
      ])
  }

  private func area(_ polygon: [Position]) -> Double {
    polygon.indices.reduce(0.0) { sum, index in
      let (a, b) = (polygon[index], polygon[(index + 1) % polygon.count])
      return sum + (a.x * b.y - b.x * a.y) / 2
    }
  }

  @Test("levels' distances from the lowest value double up to half of the range")
  func levels() {
    let levels = bowl().levels
    #expect(levels.count == 7 && levels.last == 5)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { abs($1 / $0 - 2) < 1e-12 })
    let flat = ContourMap(
      xs: [0, 1], ys: [0, 1], values: [[3, 3], [3, 3]], label: "f", axes: ("", ""))
    #expect(flat.levels.isEmpty)
  }

  @Test("regions have the areas of what they cover")
  func regions() {
    let map = bowl()
    let whole = map.region(above: -.infinity)
    #expect(whole.map(area) == [8])
    #expect(PathData(whole.map { .polygon($0) }).text == "M0 0h4v2h-4z", "one outline of all cells")
    #expect(map.region(above: 100).isEmpty)
    // A slope: values x, so that x ≥ 1.5 covers half of the third cell and all of the fourth.
    let slope = ContourMap(
      xs: [0, 1, 2, 3], ys: [0, 1], values: [[0, 1, 2, 3], [0, 1, 2, 3]], label: "f",
      axes: ("", ""))
    let above = slope.region(above: 1.5)
    #expect(
      above == [[.init(1.5, 0), .init(2, 0), .init(3, 0), .init(3, 1), .init(2, 1), .init(1.5, 1)]])
    // A fine bowl: outside of radius 1 around (1, 1).
    let fine = bowl(161).region(above: 1)
    #expect(abs(fine.map(area).reduce(0, +) - (8 - Double.pi)) < 0.01)
  }

  @Test("holes run the other way round")
  func holes() throws {
    let steep = ContourMap(
      xs: [0, 1, 2, 3, 4], ys: [0, 1, 2, 3, 4],
      values: (0...4).map { y in (0...4).map { x in x == 2 && y == 2 ? 0 : 1 } }, label: "f",
      axes: ("", ""))
    #expect(steep.region(above: 0.5).map(area) == [16, -0.5])
    #expect(steep.region(above: 0.5).last?.count == 4)
  }

  @Test("a level through corners of the grid, and saddles, leave no edge open")
  func corners() {
    // Both diagonals of the middle cell are level at 1; the level passes through grid points exactly.
    let values: [[Double?]] = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
    let saddle = ContourMap(
      xs: [0, 1, 2], ys: [0, 1, 2], values: values, label: "f", axes: ("", ""))
    // Whatever joins at a saddle, each cell keeps the two triangles' complement: 1 − 2 · 1/8.
    let kept = saddle.region(above: 0.5).map(area).reduce(0, +)
    #expect(kept == 3)
    // At the highest value only points are left, which have no area.
    #expect(saddle.region(above: 1).map(area).reduce(0, +) == 0)
    #expect(saddle.region(above: 0).map(area) == [4])
  }

  @Test("cells without a value are left out")
  func gaps() {
    let whole = bowl().region(above: -.infinity).map(area).reduce(0, +)
    let holed = bowl(gap: true).region(above: -.infinity).map(area).reduce(0, +)
    #expect(abs(whole - holed - 0.5 * 0.25) < 1e-12)
  }

  @Test("bands, paths and marks are drawn, names and values written")
  func drawn() throws {
    let canvas = try Figure(title: "F", alternative: "", .contours(bowl())).canvas()
    let panel = canvas.panels[0]
    let bands = Ink.levels.indices.map {
      Canvas.Layer.areas(
        bowl().region(above: $0 == 0 ? -.infinity : bowl().levels[$0 - 1]), Ink.levels[$0])
    }
    #expect(Array(panel.layers.prefix(8)) == bands)
    #expect(
      Array(panel.layers.dropFirst(8)) == [
        .lines([[.init(0, 0), .init(4, 0)]], .vermillion, width: 2.2, dash: [7, 3]),
        .lines([[.init(0, 0), .init(2, 1), .init(4, 0)]], .green, width: 2.2, dash: [2, 3]),
        .markers([.init(0, 0), .init(4, 0), .init(1, 2)], .circle, .text),
      ])
    for text in ["start", "end", "bend", "segment", "Bézier curve", "test error (%)", "10", "5"] {
      #expect(canvas.texts.contains { $0.text == text }, "\(text)")
    }
    // One scale on both axes, on whole pixels.
    #expect(abs(panel.frame.width - 2 * panel.frame.height) <= 1)
    #expect(panel.frame.left == panel.frame.left.rounded())
    #expect(panel.frame.bottom == panel.frame.bottom.rounded())
  }

  @Test("the figure is a sound file in both colour schemes")
  func svg() throws {
    let figure = Figure(title: "Plane", alternative: "A bowl.", .contours(bowl(21)))
    let text = try figure.svg()
    let parsed = try #require(ParsedSVG(text))
    #expect(parsed.texts("title") == ["Plane"])
    for ink in Ink.levels {
      #expect(text.contains("fill=\"\(ink.light)\"") && text.contains("fill: \(ink.dark)"))
    }
    // Each band is one path.
    let filled = Ink.levels.map { text.ranges(of: "fill=\"\($0.light)\" d=").count }
    #expect(filled == [2, 2, 2, 2, 2, 2, 2, 2], "in the map and in the scale")
    #expect(text.utf8.count < 10_000)
  }

  @Test("a map without any value cannot be drawn")
  func nothing() {
    let map = ContourMap(
      xs: [0, 1], ys: [0, 1], values: [[nil, .nan], [nil, nil]], label: "f", axes: ("", ""))
    #expect(throws: ReportsError.nothingToDraw(figure: "F", axis: "f")) {
      try Figure(title: "F", alternative: "", .contours(map)).canvas()
    }
  }
}
