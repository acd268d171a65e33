import Statistics
import Testing

@Suite struct McNemarTestTests {
  @Test(arguments: try ClaimReference.load().mcnemar)
  func agreesWithStatsmodels(row: ClaimReference.McNemar) throws {
    let test = try McNemarTest(treated: row.treated, control: row.control)
    #expect(agree(test.pValue, row.pValue))
  }

  /// "4 of 8 shuffled runs predict one class, none of 8 unshuffled": 2 · 2⁻⁴.
  @Test func onlyReplicatesThatDifferCount() throws {
    let none = Array(repeating: false, count: 8)
    let half = none.indices.map { $0 < 4 }
    let test = try McNemarTest(treated: half, control: none)
    #expect(test.onlyTreated == 4 && test.onlyControl == 0)
    #expect(agree(test.pValue, 0.125))
    #expect(test.smallestAttainablePValue == test.pValue)
    let mirrored = try McNemarTest(treated: none, control: half)
    #expect(mirrored.onlyControl == 4 && mirrored.pValue == test.pValue)
    #expect(try McNemarTest(treated: half, control: half).pValue == 1)
    #expect(try McNemarTest(treated: [], control: []).pValue == 1)
    #expect(throws: StatisticsError.armsDiffer(treated: 8, control: 0)) {
      try McNemarTest(treated: half, control: [])
    }
  }
}
