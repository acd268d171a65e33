import Statistics
import Testing

@Suite struct SpearmanCorrelationTests {
  @Test(arguments: try DesignReference.load().spearman)
  func agreesWithSciPy(row: DesignReference.Correlation) throws {
    let found = try SpearmanCorrelation(x: row.x, y: row.y)
    #expect(agree(try #require(found.correlation), row.statistic))
    #expect(agree(try #require(found.pValue), row.pValue))
  }

  /// Two of n! orders are as extreme as the one order itself, and the p told never falls below that.
  @Test func fullAgreementHasTheSmallestPValueThereIs() throws {
    let ten = (0..<10).map { Double($0) }
    #expect(agree(try #require(try SpearmanCorrelation(x: ten, y: ten).pValue), 2.0 / 3_628_800))
    let eleven = (0..<11).map { Double($0) }
    let reversed = try SpearmanCorrelation(x: eleven, y: eleven.reversed())
    #expect(agree(try #require(reversed.correlation), -1))
    #expect(agree(try #require(reversed.pValue) * 39_916_800, 2))
  }

  @Test func aConstantListHasNoCorrelation() throws {
    let found = try SpearmanCorrelation(x: [1, 1, 1], y: [1, 2, 3])
    #expect(found.correlation == nil && found.pValue == nil)
  }

  @Test func refusesFewPairsAndUnequalLists() {
    #expect(throws: StatisticsError.self) { try SpearmanCorrelation(x: [1, 2], y: [1, 2]) }
    #expect(throws: StatisticsError.armsDiffer(treated: 3, control: 4)) {
      try SpearmanCorrelation(x: [1, 2, 3], y: [1, 2, 3, 4])
    }
    #expect(throws: StatisticsError.self) {
      try SpearmanCorrelation(x: [1, 2, .nan], y: [1, 2, 3])
    }
  }
}
