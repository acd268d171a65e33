import Statistics
import Testing

@Suite struct IsotonicFitTests {
  @Test(arguments: try DesignReference.load().isotonic)
  func agreesWithScikitLearn(row: DesignReference.Isotonic) throws {
    let fit = try IsotonicFit(
      row.values, weights: row.weights, direction: row.rising ? .rising : .falling)
    for (ours, theirs) in zip(fit.fitted, row.fitted) { #expect(agree(ours, theirs)) }
    #expect(fit.fitted.count == row.fitted.count)
  }

  @Test func leavesWhatIsMonotone() throws {
    #expect(
      try IsotonicFit([3, 2, 2], weights: [1, 1, 1], direction: .falling).fitted == [3, 2, 2])
    #expect(try IsotonicFit([1, 1], weights: [1, 3], direction: .rising).fitted == [1, 1])
    #expect(try IsotonicFit([5], weights: [2], direction: .rising).fitted == [5])
  }

  @Test func refusesNoValuesAndWeightsThatDoNotWeigh() {
    #expect(throws: StatisticsError.self) {
      try IsotonicFit([], weights: [], direction: .rising)
    }
    #expect(throws: StatisticsError.self) {
      try IsotonicFit([1, 2], weights: [1, 0], direction: .rising)
    }
    #expect(throws: StatisticsError.self) {
      try IsotonicFit([1, 2], weights: [1], direction: .rising)
    }
  }
}
