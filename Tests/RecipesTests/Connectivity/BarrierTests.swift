import Recipes
import Testing

@Suite("Barrier")
struct BarrierTests {
  private let thirds = [0, 0.25, 0.5, 1]

  @Test("the highest value less the mean of the ends, and the excess over the line")
  func bump() throws {
    let found = try #require(Barrier(positions: thirds, values: [2, 9, 12, 6]))
    #expect(found.height == 8 && found.ends == 4 && found.position == 0.5)
    // Over 2 + 4α: 9 − 3 = 6 and 12 − 4 = 8.
    #expect(found.excess == 8)
    #expect(found.gaps == 0)
  }

  @Test("unequal ends raise the barrier of a straight line, and not its excess")
  func slope() throws {
    let found = try #require(Barrier(positions: thirds, values: [2, 3, 4, 6]))
    #expect(found.height == 2 && found.position == 1)
    #expect(found.excess == 0)
  }

  @Test("flat and sagging paths have neither")
  func flat() throws {
    let flat = try #require(Barrier(positions: thirds, values: [3, 3, 3, 3]))
    #expect(flat.height == 0 && flat.excess == 0 && flat.position == 0)
    let sagging = try #require(Barrier(positions: thirds, values: [3, 1, 0, 3]))
    #expect(sagging.height == 0 && sagging.excess == 0)
  }

  @Test("gaps inside are counted and left out; an end without a value leaves no barrier")
  func gaps() throws {
    let found = try #require(Barrier(positions: thirds, values: [1, nil, 4, 1]))
    #expect(found.height == 3 && found.gaps == 1)
    #expect(Barrier(positions: thirds, values: [nil, 1, 1, 1]) == nil)
    #expect(Barrier(positions: thirds, values: [1, 1, 1, nil]) == nil)
    #expect(Barrier(positions: [0], values: [1]) == nil)
    #expect(Barrier(positions: [], values: []) == nil)
  }
}
