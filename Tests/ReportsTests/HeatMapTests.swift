import Foundation
import Testing

@testable import Reports

@Suite struct HeatMapTests {
  private func area(_ polygon: [Position]) -> Double {
    polygon.indices.reduce(0.0) { sum, index in
      let (a, b) = (polygon[index], polygon[(index + 1) % polygon.count])
      return sum + (a.x * b.y - b.x * a.y) / 2
    }
  }

  private func canvas(_ map: HeatMap) throws -> Canvas {
    try Figure(title: "F", alternative: "", .cells(map)).canvas()
  }

  /// A matrix of every two of `count` names.
  private func matrix(_ count: Int, named name: (Int) -> String = { "name \($0)" }) -> HeatMap {
    let names = (0..<count).map(name)
    return HeatMap(
      [
        .init(
          "", names.indices.map { row in names.indices.map { row == $0 ? nil : Double(row + $0) } })
      ], rows: names, columns: names, label: "sum")
  }

  @Test(
    "bands have round heights, of which eight at most reach to the ends",
    arguments: [
      ([0, 0.39], 0.05, 8, 0), ([0, 0.4], 0.05, 8, 0), ([0, 0.41], 0.1, 5, 0),
      ([-0.02, 0.8], 0.1, 8, 1), ([-30, 7], 5, 2, 6), ([-3, -1], 0.5, 0, 6), ([0, 0], 1, 1, 0),
      ([1, 8], 1, 8, 0), ([1, 9], 2, 5, 0), ([1e-9, 8.1e5], 2e5, 5, 0),
    ] as [([Double], Double, Int, Int)])
  func scale(values: [Double], step: Double, above: Int, below: Int) throws {
    let scale = try #require(HeatMap.Scale(of: values + [nil, .nan]))
    #expect(abs(scale.step / step - 1) < 1e-12)
    #expect(scale.above == above && scale.below == below)
    #expect(scale.inks.count == above + below && scale.labels.count == above + below + 1)
    #expect(Set(scale.inks.map(\.light)).count == scale.inks.count)
  }

  @Test("few bands are spread over all colours, alike above and below zero")
  func spread() throws {
    let few = try #require(HeatMap.Scale(of: [-0.1, 0.5]))
    #expect(few.step == 0.1)
    #expect(few.inks == [Ink.depths[0]] + [0, 2, 4, 5, 7].map { Ink.levels[$0] })
    let one = try #require(HeatMap.Scale(of: [0]))
    #expect(one.inks == [Ink.levels[0]])
  }

  @Test("a map without a value has no scale and cannot be drawn")
  func nothing() {
    #expect(HeatMap.Scale(of: [nil, .infinity]) == nil)
    let map = HeatMap(pictures: [.init("", [[nil, .nan]])], label: "f")
    #expect(throws: ReportsError.nothingToDraw(figure: "F", axis: "f")) { try canvas(map) }
  }

  @Test("cells that touch have one outline, with holes the other way round")
  func regions() {
    let ring: [[Double?]] = [[1, 1, 1], [1, nil, 1], [1, 1, 1]]
    #expect(HeatMap.region(ring) { $0 > 0 }.map(area).sorted() == [-1, 9])
    let block = HeatMap.region([[2, 2], [2, 2]]) { $0 > 1 }
    #expect(PathData(block.map { .polygon($0) }).text == "M0 0h2v2h-2z")
    // Two corners that touch are two cells whatever way their outlines go.
    let corners = HeatMap.region([[1, 0], [0, 1]]) { $0 > 0 }
    #expect(corners.map(area).reduce(0, +) == 2)
    #expect(HeatMap.region([[1, 0], [0, 1]]) { $0 > 1 }.isEmpty)
  }

  @Test("every cell has the colour of its value")
  func colours() throws {
    let map = HeatMap(
      [.init("", [[-1.5, -0.5], [0, 1.5]])], rows: ["a", "b"], columns: ["c", "d"], label: "v")
    let canvas = try canvas(map)
    // Later bands lie upon earlier ones, in a band of 0.2 above and below zero.
    func ink(at place: Position) -> Ink? {
      canvas.surroundings.reduce(nil) { found, layer in
        guard case .areas(let polygons, let ink, _, _) = layer else { return found }
        let isInside = polygons.contains { polygon in
          let (xs, ys) = (polygon.map(\.x), polygon.map(\.y))
          return xs.min()! < place.x && place.x < xs.max()! && ys.min()! < place.y
            && place.y < ys.max()!
        }
        return isInside ? ink : found
      }
    }
    func place(of text: String) throws -> Position {
      try #require(canvas.texts.last { $0.text == text && $0.alignment == .center }).place
    }
    #expect(try ink(at: place(of: "−1.50")) == Ink.depths[7])
    #expect(try ink(at: place(of: "−0.50")) == Ink.depths[2])
    #expect(try ink(at: place(of: "0.00")) == Ink.levels[0])
    #expect(try ink(at: place(of: "1.50")) == Ink.levels[7])
  }

  @Test("few cells are written with their values, what is missing is crossed out")
  func written() throws {
    let canvas = try canvas(matrix(4))
    #expect(canvas.texts.filter { $0.text == "3" && $0.alignment == .center }.count == 4)
    let crossed = canvas.surroundings.compactMap { layer -> Int? in
      if case .lines(let lines, .grid, _, _) = layer { return lines.count }
      return nil
    }
    #expect(crossed == [4])
    #expect(!(try self.canvas(matrix(30)).texts.contains { $0.alignment == .center }))
  }

  /// A line of text as four corners.
  private func box(_ text: Canvas.Text) -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    let width = Layout.width(text.text, bold: text.isBold)
    let left =
      switch text.alignment {
      case .left: text.place.x
      case .center: text.place.x - width / 2
      case .right: text.place.x - width
      }
    return (left...(left + width), (text.place.y - 7)...(text.place.y + 7))
  }

  @Test("names never run into each other, nor out of the figure", arguments: [2, 6, 13, 30, 60])
  func names(count: Int) throws {
    for long in [false, true] {
      let map = matrix(count) {
        long ? "a method of a very long name, replicate \($0)" : "m\($0)"
      }
      let canvas = try canvas(map)
      #expect(canvas.width <= Layout.wide + Layout.edge, "\(canvas.width)")
      let level = canvas.texts.filter { $0.degrees == 0 }.map(box)
      for (index, one) in level.enumerated() {
        #expect(one.x.lowerBound >= 0 && one.x.upperBound <= canvas.width)
        #expect(one.y.lowerBound >= 0 && one.y.upperBound <= canvas.height)
        for other in level[(index + 1)...] {
          #expect(!(one.x.overlaps(other.x) && one.y.overlaps(other.y)))
        }
      }
      // Turned names are parallel: their distance is that of their ends across them.
      let turned = canvas.texts.filter { $0.degrees != 0 }
      for (one, next) in zip(turned, turned.dropFirst()) {
        #expect((next.place.x - one.place.x) * sin(HeatMap.Grid.angle) >= 14)
      }
      for text in turned {
        let width = Layout.width(text.text)
        #expect(text.place.x - width * cos(HeatMap.Grid.angle) >= 0)
        #expect(text.place.y + width * sin(HeatMap.Grid.angle) <= canvas.height)
      }
    }
  }

  @Test("pictures stand in rows, without names, their empty cells empty")
  func pictures() throws {
    guard case .cells(let map) = Samples.pictures.drawing else {
      throw ReportsError.nothingToDraw(figure: "pictures", axis: "")
    }
    let canvas = try canvas(map)
    let borders = canvas.surroundings.compactMap { layer -> [[Position]]? in
      if case .lines(let lines, .line, _, _) = layer { return lines }
      return nil
    }.joined()
    #expect(borders.count == 6)
    // Pixels of five by five.
    #expect(borders.allSatisfy { $0[2].x - $0[0].x == 140 && $0[2].y - $0[0].y == 140 })
    #expect(Set(borders.map { $0[0].y }).count == 2)
    let whole = map.panels[0].values.joined().count { $0 != nil }
    let covered = HeatMap.region(map.panels[0].values) { _ in true }.map(area).reduce(0, +)
    #expect(covered == Double(whole) && whole < 784)
  }
}
