import Testing

@testable import Reports

@Suite struct PathDataTests {
  private func line(_ places: (Double, Double)...) -> String {
    PathData([.line(places.map { Position($0.0, $0.1) })]).text
  }

  private func polygon(_ places: (Double, Double)...) -> String {
    PathData([.polygon(places.map { Position($0.0, $0.1) })]).text
  }

  @Test(arguments: [
    (0, "0"), (-0.004, "0"), (0.005, ".01"), (0.05, ".05"), (-0.5, "-.5"), (12.3, "12.3"),
    (-100, "-100"), (1.999, "2"), (640.25, "640.25"),
  ])
  func numbersHaveTwoDecimalsAtMost(value: Double, text: String) {
    #expect(PathData.number(value) == text)
  }

  @Test func linesAreRelativeAfterTheirFirstPlace() {
    #expect(line((1, 2), (4.5, 2.25), (3, 2), (4, 3)) == "M1 2l3.5 .25-1.5-.25 1 1")
    #expect(line((-1, -2), (0, 0)) == "M-1-2l1 2")
  }

  @Test func levelAndUprightStepsHaveOneNumber() {
    #expect(line((0, 0), (5, 0), (5, -3), (4, -4), (4, 0)) == "M0 0h5v-3l-1-1v4")
  }

  @Test func placesOnAStraightWayAreLeftOut() {
    #expect(line((0, 0), (1, 0), (1, 0), (3, 0), (3, 1), (3, 5)) == "M0 0h3v5")
    // Not where the way turns back.
    #expect(line((0, 0), (4, 0), (1, 0)) == "M0 0h4h-3")
    #expect(line((0, 0), (0, 4), (0, 1)) == "M0 0v4v-3")
  }

  @Test func roundingDoesNotAddUp() {
    // 300 steps of a third of a hundredth are one pixel.
    let places = (0...300).map { Position(Double($0) / 300, $0.isMultiple(of: 2) ? 0 : 1) }
    let text = PathData([.line(places)]).text
    let steps = text.matches(of: #/(-?[0-9.]+)[ -][0-9.]+/#).compactMap { Double($0.1) }
    #expect(abs(steps.dropFirst().reduce(0, +) - 1) < 1e-9)
  }

  @Test func polygonsAndLinesWhoseEndsMeetAreClosed() {
    #expect(polygon((0, 0), (2, 0), (2, 2)) == "M0 0h2v2z")
    #expect(polygon((0, 0), (2, 0), (2, 2), (0, 0)) == "M0 0h2v2z")
    #expect(line((0, 0), (2, 0), (2, 2), (0, 0)) == "M0 0h2v2z")
    #expect(line((0, 0), (2, 0), (2, 2)) == "M0 0h2v2")
  }

  @Test func whatHasNoExtentIsNotDrawn() {
    #expect(line((1, 1)).isEmpty && line().isEmpty && line((1, 1), (1.001, 1)).isEmpty)
    #expect(polygon((1, 1), (2, 1)).isEmpty)
  }

  @Test func circlesAreTwoArcs() {
    #expect(
      PathData([.circle(Position(10, 5), radius: 3.3)]).text
        == "M6.7 5a3.3 3.3 0 1 0 6.6 0 3.3 3.3 0 1 0-6.6 0z")
  }

  @Test func outlinesFollowEachOther() {
    #expect(
      PathData([.line([.init(0, 0), .init(1, 1)]), .line([.init(2, 2), .init(2, 3)])]).text
        == "M0 0l1 1M2 2v1")
  }
}
