import Statistics
import Testing

@Suite struct SignedRankTestTests {
  @Test(arguments: try DesignReference.load().signedRanks)
  func agreesWithSciPy(row: DesignReference.SignedRank) throws {
    let test = try SignedRankTest(differences: row.differences)
    #expect(test.rankSum == row.rankSum)
    #expect(agree(test.pValue, row.pValue))
  }

  /// Of 2ⁿ signs two are as extreme as n equal ones.
  @Test func equalDifferencesHaveTheSmallestPValue() throws {
    #expect(try SignedRankTest(differences: [2, 2, 2, 2, 2]).pValue == 0.0625)
    #expect(try SignedRankTest(differences: [-1, 0]).pValue == 1)
  }

  @Test func zerosSayNothing() throws {
    let test = try SignedRankTest(differences: [0, 0])
    #expect(test.count == 0 && test.pValue == 1)
  }

  @Test func refusesNoValues() {
    #expect(throws: StatisticsError.self) { try SignedRankTest(differences: []) }
    #expect(throws: StatisticsError.self) { try SignedRankTest(differences: [.nan]) }
  }
}
