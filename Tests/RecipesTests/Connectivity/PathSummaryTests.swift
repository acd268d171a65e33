import Recipes
import Testing

@Suite("PathSummary")
struct PathSummaryTests {
  private let thirds = [0, 0.25, 0.5, 1]

  @Test("the highest value less the mean of the ends, and the excess over the line")
  func bump() throws {
    let found = try #require(PathSummary(positions: thirds, values: [2, 9, 12, 6]))
    #expect(found.barrier == 8 && found.ends == 4 && found.highestAt == 0.5)
    // Over 2 + 4α: 9 − 3 = 6 and 12 − 4 = 8.
    #expect(found.excess == 8)
    #expect(found.gaps == 0)
  }

  @Test("unequal ends raise the barrier of a straight line, and not its excess")
  func slope() throws {
    let found = try #require(PathSummary(positions: thirds, values: [2, 3, 4, 6]))
    #expect(found.barrier == 2 && found.highestAt == 1)
    #expect(found.excess == 0)
  }

  @Test("flat and sagging paths have neither")
  func flat() throws {
    let flat = try #require(PathSummary(positions: thirds, values: [3, 3, 3, 3]))
    #expect(flat.barrier == 0 && flat.excess == 0 && flat.highestAt == 0)
    let sagging = try #require(PathSummary(positions: thirds, values: [3, 1, 0, 3]))
    #expect(sagging.barrier == 0 && sagging.excess == 0)
  }

  @Test("gaps inside are counted and left out; an end without a value leaves no barrier")
  func gaps() throws {
    let found = try #require(PathSummary(positions: thirds, values: [1, nil, 4, 1]))
    #expect(found.barrier == 3 && found.gaps == 1)
    #expect(PathSummary(positions: thirds, values: [nil, 1, 1, 1]) == nil)
    #expect(PathSummary(positions: thirds, values: [1, 1, 1, nil]) == nil)
    #expect(PathSummary(positions: [0], values: [1]) == nil)
    #expect(PathSummary(positions: [], values: []) == nil)
  }

  @Test("numbers by hand")
  func numbers() throws {
    let summary = try #require(
      PathSummary(positions: [0, 0.5, 1], values: [2, 8, 4], arcs: [1, 3]))
    #expect(summary.start == 2 && summary.end == 4)
    #expect(summary.lowest == 2 && summary.highest == 8 && summary.highestAt == 0.5)
    #expect(abs(summary.mean - 14.0 / 3) < 1e-12)
    // (2 + 8) / 2 over length 1, (8 + 4) / 2 over length 3.
    #expect(summary.overLength == (5 + 18) / 4.0)
    #expect(summary.rise == 4 && summary.gaps == 0)
  }

  @Test("a curve that falls below its ends does not rise")
  func valley() throws {
    let summary = try #require(PathSummary(positions: [0, 0.5, 1], values: [3, 1, 2], arcs: nil))
    #expect(summary.rise == 0 && summary.lowest == 1 && summary.overLength == nil)
  }

  @Test("gaps are counted and left out with the pieces beside them")
  func gapsOverLength() throws {
    let summary = try #require(
      PathSummary(positions: [0, 0.25, 0.5, 1], values: [1, 3, nil, 5], arcs: [1, 9, 9]))
    #expect(summary.gaps == 1 && summary.mean == 3 && summary.overLength == 2)
    #expect(PathSummary(positions: [0, 0.5, 1], values: [nil, 1, 1], arcs: nil) == nil)
  }
}
