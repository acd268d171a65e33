import Statistics
import Testing

@Suite struct RepeatedMeasuresTestTests {
  @Test(arguments: try DesignReference.load().repeated)
  func agreesWithStatsmodels(row: DesignReference.Repeated) throws {
    let test = try RepeatedMeasuresTest(replicates: row.replicates)
    #expect(agree(test.fRatio, row.fRatio))
    #expect(agree(test.epsilon, row.epsilon))
    #expect(agree(test.sphericalPValue, row.sphericalPValue))
    #expect(agree(test.pValue, row.pValue))
  }

  @Test func twoTreatmentsAreThePairedTTest() throws {
    let rows = [[1.0, 1.4], [2, 2.1], [0.5, 1.3], [3, 2.9]]
    let test = try RepeatedMeasuresTest(replicates: rows)
    let paired = try TTest(SampleSummary(rows.map { $0[1] - $0[0] }))
    #expect(test.epsilon == 1)
    #expect(agree(test.pValue, paired.pValue))
  }

  @Test func whatDoesNotVaryHasNoEpsilonToEstimate() throws {
    let equal = try RepeatedMeasuresTest(replicates: [[0.1, 0.1, 0.1], [0.7, 0.7, 0.7]])
    #expect(equal.fRatio == 0 && equal.pValue == 1 && equal.epsilon == 1)
    let certain = try RepeatedMeasuresTest(replicates: [[0.1, 0.2, 0.4], [0.7, 0.8, 1]])
    #expect(certain.fRatio == .infinity && certain.pValue == 0)
  }

  @Test func refusesWhatIsNoTable() {
    #expect(throws: StatisticsError.self) { try RepeatedMeasuresTest(replicates: [[1, 2, 3]]) }
    #expect(throws: StatisticsError.self) { try RepeatedMeasuresTest(replicates: [[1], [2]]) }
    #expect(throws: StatisticsError.self) { try RepeatedMeasuresTest(replicates: [[1, 2], [2]]) }
  }
}
