import Testing

@testable import Suites

@Suite("Summaries of curves")
struct CurveSummaryTests {
  @Test("numbers by hand")
  func numbers() throws {
    let summary = try #require(
      CurveSummary(positions: [0, 0.5, 1], values: [2, 8, 4], arcs: [1, 3]))
    #expect(summary.start == 2 && summary.end == 4)
    #expect(summary.lowest == 2 && summary.highest == 8 && summary.highestAt == 0.5)
    #expect(abs(summary.mean - 14.0 / 3) < 1e-12)
    // (2 + 8) / 2 over length 1, (8 + 4) / 2 over length 3.
    #expect(summary.overLength == (5 + 18) / 4.0)
    #expect(summary.rise == 4 && summary.gaps == 0)
  }

  @Test("a curve that falls below its ends does not rise")
  func valley() throws {
    let summary = try #require(CurveSummary(positions: [0, 0.5, 1], values: [3, 1, 2], arcs: nil))
    #expect(summary.rise == 0 && summary.lowest == 1 && summary.overLength == nil)
  }

  @Test("gaps are counted and left out with the pieces beside them")
  func gaps() throws {
    let summary = try #require(
      CurveSummary(positions: [0, 0.25, 0.5, 1], values: [1, 3, nil, 5], arcs: [1, 9, 9]))
    #expect(summary.gaps == 1 && summary.mean == 3 && summary.overLength == 2)
    #expect(CurveSummary(positions: [0, 0.5, 1], values: [nil, 1, 1], arcs: nil) == nil)
  }
}
