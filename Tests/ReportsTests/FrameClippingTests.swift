import Testing

@testable import Reports

@Suite struct FrameClippingTests {
  let frame = Frame(left: 10, top: 20, right: 110, bottom: 70)

  private func area(_ polygon: [Position]) -> Double {
    polygon.indices.reduce(0.0) { sum, index in
      let (a, b) = (polygon[index], polygon[(index + 1) % polygon.count])
      return sum + (a.x * b.y - b.x * a.y) / 2
    }
  }

  @Test func aLineInsideIsKept() {
    let line = [Position(10, 20), Position(60, 45), Position(110, 70)]
    #expect(frame.clipped(line: line) == [line])
  }

  @Test func cutLinesEndOnTheBorder() {
    // Leaves on the right, comes back, leaves at the top.
    let line = [
      Position(100, 50), Position(120, 50), Position(120, 40), Position(100, 40), .init(100, 0),
    ]
    #expect(
      frame.clipped(line: line) == [
        [.init(100, 50), .init(110, 50)], [.init(110, 40), .init(100, 40), .init(100, 20)],
      ])
  }

  @Test func aLineBetweenTwoPlacesOutsideCrossesTheFrame() {
    #expect(
      frame.clipped(line: [.init(0, 45), .init(200, 45)]) == [[.init(10, 45), .init(110, 45)]])
    let slanted = frame.clipped(line: [.init(-1e6 / 3, -7), .init(1e6 / 7, 99)])
    #expect(slanted.count == 1 && slanted.joined().map(\.x) == [10, 110])
    // Past a corner.
    #expect(frame.clipped(line: [.init(0, 25), .init(25, 0)]).isEmpty)
    #expect(frame.clipped(line: [.init(0, 0), .init(200, 0)]).isEmpty)
  }

  @Test func whatLiesOnTheBorderBelongsToIt() {
    let along = [Position(10, 20 - 1e-12), Position(110 + 1e-12, 20 - 1e-12)]
    #expect(frame.clipped(line: along) == [along])
    #expect(frame.contains(Position(10 - 1e-12, 70 + 1e-12)))
    #expect(!frame.contains(Position(10 - 1e-3, 70)))
  }

  @Test func placesWithoutNumbersAreGaps() {
    let line = [
      Position(20, 30), Position(30, 30), Position(.nan, 30), Position(40, 30), Position(50, 30),
      Position(60, .infinity), Position(70, 30),
    ]
    #expect(
      frame.clipped(line: line) == [
        [.init(20, 30), .init(30, 30)], [.init(40, 30), .init(50, 30)], [.init(70, 30)],
      ])
  }

  @Test func polygonsLoseWhatIsOutside() {
    let around = [Position(0, 0), Position(0, 100), Position(200, 100), Position(200, 0)]
    #expect(
      Set(frame.clipped(polygon: around)) == [
        .init(10, 20), .init(10, 70), .init(110, 70), .init(110, 20),
      ])
    #expect(frame.clipped(polygon: around.map { Position($0.x + 500, $0.y) }).isEmpty)
    // A triangle over the left side, of which a third lies inside.
    let triangle = [Position(0, 30), Position(0, 60), Position(30, 45)]
    let inside = frame.clipped(polygon: triangle)
    #expect(inside.filter { $0.x == 10 }.map(\.y) == [55, 35] && inside.count == 3)
    #expect(abs(area(inside) / area(triangle) - 4.0 / 9) < 1e-12)
    // A hole stays a hole.
    #expect(area(frame.clipped(polygon: triangle.reversed())) == -area(inside))
  }
}
