import Statistics
import Testing

@Suite struct SampleSummaryTests {
  @Test func agreesWithSciPy() throws {
    for row in try Reference.load().paired {
      let summary = try SampleSummary(row.differences)
      #expect(summary.count == row.treated.count)
      #expect(summary.degreesOfFreedom == row.treated.count - 1)
      #expect(agree(summary.mean, row.mean))
      #expect(agree(summary.standardDeviation, row.standardDeviation))
      #expect(agree(summary.standardError, row.standardError))
    }
  }

  @Test func equalValuesHaveExactlyNoSpread() throws {
    let summary = try SampleSummary(Array(repeating: 0.1, count: 7))
    #expect(summary.mean == 0.1)
    #expect(summary.standardDeviation == 0)
  }

  @Test func refusesSamplesWithoutASpread() {
    #expect(
      throws: StatisticsError.tooFewValues(
        statistic: "a standard deviation", needed: 2, given: 1)
    ) { try SampleSummary([1]) }
    #expect(throws: StatisticsError.self) { try SampleSummary([1, .nan]) }
    #expect(throws: StatisticsError.self) { try SampleSummary([.infinity, 1]) }
  }
}
