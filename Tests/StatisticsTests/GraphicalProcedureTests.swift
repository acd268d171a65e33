import Randomness
import Statistics
import Testing

@Suite struct GraphicalProcedureTests {
  /// Bretz, Maurer, Brannath & Posch 2009: adjusted .024, .020, .105, .024, so that at α = .025 hypotheses 1, 2
  /// and 4 are rejected.
  @Test func agreesWithThePublishedExample() throws {
    let procedure = try GraphicalProcedure(
      weights: [0.5, 0.5, 0, 0],
      transitions: [[0, 0.5, 0.5, 0], [0.5, 0, 0, 0.5], [0, 1, 0, 0], [1, 0, 0, 0]])
    let adjusted = try procedure.adjusted([0.018, 0.01, 0.105, 0.006])
    for (ours, theirs) in zip(adjusted, [0.024, 0.020, 0.105, 0.024]) {
      #expect(agree(ours, theirs, tolerance: 1e-12))
    }
    #expect(adjusted.map { $0 <= 0.025 } == [true, true, false, true])
  }

  @Test(arguments: try ClaimReference.load().holm)
  func equalSharesThatGoOnEvenlyAreHolms(row: ClaimReference.Holm) throws {
    let count = row.pValues.count
    let even = Array(repeating: 1 / Double(count), count: count)
    let procedure = try GraphicalProcedure(
      weights: even,
      transitions: (0..<count).map { from in
        (0..<count).map { $0 == from ? 0 : 1 / Double(count - 1) }
      })
    for (ours, theirs) in zip(try procedure.adjusted(row.pValues), row.adjusted) {
      #expect(agree(ours, theirs))
    }
  }

  @Test func aFixedSequenceEndsWhereOneIsNotRejected() throws {
    let procedure = try GraphicalProcedure(
      weights: [1, 0, 0], transitions: [[0, 1, 0], [0, 0, 1], [0, 0, 0]])
    #expect(try procedure.adjusted([0.01, 0.2, 0.001]) == [0.01, 0.2, 0.2])
    #expect(try procedure.adjusted([0.01, 1, 0.001]) == [0.01, 1, 1])
  }

  @Test func withoutTransitionsItIsBonferronis() throws {
    let none = Array(repeating: Array(repeating: 0.0, count: 2), count: 2)
    let procedure = try GraphicalProcedure(weights: [0.8, 0.2], transitions: none)
    #expect(try procedure.adjusted([0.04, 0.04]) == [0.04 / 0.8, 0.04 / 0.2])
    #expect(try procedure.adjusted([0, 0.3]) == [0, 1])
  }

  @Test func refusesWhatIsNoGraph() throws {
    func graph(_ weights: [Double], _ transitions: [[Double]]) throws {
      _ = try GraphicalProcedure(weights: weights, transitions: transitions)
    }
    #expect(throws: StatisticsError.self) { try graph([0.6, 0.6], [[0, 1], [1, 0]]) }
    #expect(throws: StatisticsError.self) { try graph([-0.1, 0.6], [[0, 1], [1, 0]]) }
    #expect(throws: StatisticsError.self) { try graph([.nan, 0.6], [[0, 1], [1, 0]]) }
    #expect(throws: StatisticsError.self) { try graph([0.5, 0.5], [[0, 1]]) }
    #expect(throws: StatisticsError.self) { try graph([0.5, 0.5], [[0, 1], [1]]) }
    #expect(throws: StatisticsError.self) { try graph([0.5, 0.5], [[0, 1.1], [1, 0]]) }
    #expect(throws: StatisticsError.self) { try graph([0.5, 0.5], [[0.5, 0.5], [1, 0]]) }
    let procedure = try GraphicalProcedure(weights: [1], transitions: [[0]])
    #expect(throws: StatisticsError.self) { try procedure.adjusted([0.1, 0.2]) }
    #expect(throws: StatisticsError.self) { try procedure.adjusted([1.1]) }
  }
}
