import Statistics
import Testing

@Suite struct BrokenLineTests {
  @Test(arguments: try DesignReference.load().broken)
  func agreesWithSciPysSearch(row: DesignReference.Broken) throws {
    let fit = try BrokenLine(x: row.x, replicates: row.replicates)
    // A search sees a flat minimum to the square root of its precision.
    #expect(agree(fit.breakpoint, row.breakpoint, tolerance: 1e-6))
    #expect(agree(fit.slopeBefore, row.before, tolerance: 1e-5))
    #expect(agree(fit.slopeAfter, row.after, tolerance: 1e-5))
    let interval = try fit.interval(level: row.level)
    #expect(agree(interval.lower, row.lower, tolerance: 1e-7))
    #expect(agree(interval.upper, row.upper, tolerance: 1e-7))
  }

  @Test func findsTheBreakOfExactLines() throws {
    // 3 until 2.5, then 2 down per unit; the second replicate lies 1 lower.
    let x = [0.0, 1, 2, 3, 4, 5]
    let curve = x.map { 3 - 2 * max(0, $0 - 2.5) }
    let fit = try BrokenLine(x: x, replicates: [curve, curve.map { $0 - 1 }])
    #expect(agree(fit.breakpoint, 2.5))
    #expect(abs(fit.slopeBefore) < 1e-12)
    #expect(agree(fit.slopeAfter, -2))
    #expect(fit.degreesOfFreedom == 7)
    let interval = try fit.interval(level: 0.95)
    #expect(agree(interval.lower, 2.5, tolerance: 1e-6))
    #expect(agree(interval.upper, 2.5, tolerance: 1e-6))
  }

  @Test func refusesStraightLinesAndFewPoints() {
    let x = [0.0, 1, 2, 3, 4]
    #expect(throws: StatisticsError.self) { try BrokenLine(x: x, replicates: [[7, 7, 7, 7, 7]]) }
    #expect(throws: StatisticsError.self) {
      try BrokenLine(x: x, replicates: [x.map { 0.1 + 0.3 * $0 }])
    }
    #expect(throws: StatisticsError.self) { try BrokenLine(x: x, replicates: []) }
    #expect(throws: StatisticsError.self) { try BrokenLine(x: x, replicates: [[1, 2, 3, 4]]) }
    #expect(throws: StatisticsError.self) {
      try BrokenLine(x: [0, 1, 2, 3], replicates: [[1, 1, 1, 0]])
    }
    #expect(throws: StatisticsError.self) {
      try BrokenLine(x: [0, 1, 1, 2, 3], replicates: [[1, 1, 1, 0, 0]])
    }
  }
}
