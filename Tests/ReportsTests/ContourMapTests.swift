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

  private func area(_ polygon: [Canvas.Position]) -> Double {
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
    #expect(whole.count == 8, "whole cells are joined row by row")
    #expect(abs(whole.map(area).reduce(0, +) - 8) < 1e-12)
    #expect(map.region(above: 100).isEmpty)
    // A slope: values x, so that x ≥ 1.5 covers half of the third cell and all of the fourth.
    let slope = ContourMap(
      xs: [0, 1, 2, 3], ys: [0, 1], values: [[0, 1, 2, 3], [0, 1, 2, 3]], label: "f",
      axes: ("", ""))
    let above = slope.region(above: 1.5)
    #expect(above.count == 2 && abs(above.map(area).reduce(0, +) - 1.5) < 1e-12)
    // A fine bowl: outside of radius 1 around (1, 1).
    let fine = bowl(161).region(above: 1)
    #expect(abs(fine.map(area).reduce(0, +) - (8 - Double.pi)) < 0.01)
  }

  @Test("cells without a value are left out")
  func gaps() {
    let whole = bowl().region(above: -.infinity).map(area).reduce(0, +)
    let holed = bowl(gap: true).region(above: -.infinity).map(area).reduce(0, +)
    #expect(abs(whole - holed - 0.5 * 0.25) < 1e-12)
  }

  @Test("bands, paths and marks are drawn, names and values written")
  func drawn() throws {
    let script = try Script(Figure(title: "F", alternative: "", .contours(bowl())))
    #expect(script.blocks.contains([[[0, 0], [4, 0]]]))
    #expect(script.blocks.contains([[[0, 0], [2, 1], [4, 0]]]))
    #expect(script.blocks.contains([[[0, 0], [4, 0], [1, 2]]]))
    for text in ["start", "end", "bend", "segment", "Bézier curve", "test error (%)", "10", "5"] {
      #expect(script.has("set label '\(text)'"), "\(text)")
    }
    for ink in Ink.levels { #expect(script.has("fc rgb '\(ink.light)'")) }
    // One scale on both axes.
    let numbers = script.text.matches(of: #/set [lrtb]margin at screen ([0-9.]+)/#)
      .prefix(4).compactMap { Double($0.1) }
    let size = try #require(script.text.firstMatch(of: #/size ([0-9]+),([0-9]+)/#))
    let width = (numbers[1] - numbers[0]) * Double(size.1)!
    let height = (numbers[2] - numbers[3]) * Double(size.2)!
    #expect(abs(width / height - 2) < 0.01)
  }

  @Test("the figure is a sound file in both colour schemes")
  func svg() throws {
    let figure = Figure(title: "Plane", alternative: "A bowl.", .contours(bowl(21)))
    let text = try Gnuplot().svg(figure)
    let parsed = try #require(ParsedSVG(text))
    #expect(parsed.texts("title") == ["Plane"])
    for ink in Ink.levels {
      #expect(text.contains("fill=\"\(ink.light)\"") && text.contains("fill: \(ink.dark)"))
    }
    #expect(text.utf8.count < 150_000)
  }

  @Test("a map without any value cannot be drawn")
  func nothing() {
    let map = ContourMap(
      xs: [0, 1], ys: [0, 1], values: [[nil, .nan], [nil, nil]], label: "f", axes: ("", ""))
    #expect(throws: ReportsError.nothingToDraw(figure: "F", axis: "f")) {
      try Gnuplot.script(for: Figure(title: "F", alternative: "", .contours(map)))
    }
  }
}
