import Statistics
import Testing

@Suite struct SignTestTests {
  @Test(arguments: try ClaimReference.load().signs)
  func agreesWithSciPysBinomialTest(row: ClaimReference.Signs) throws {
    #expect(agree(try SignTest(differences: row.differences).pValue, row.pValue))
  }

  @Test func countsSignsAndDropsZeros() throws {
    let test = try SignTest(differences: [0, 2, -1, 5, 3, 0, 4])
    #expect(test.positiveCount == 4 && test.negativeCount == 1)
    // 2 (1 + 5) / 2⁵.
    #expect(agree(test.pValue, 0.375))
    #expect(agree(test.smallestAttainablePValue, 0.0625))
    #expect(try SignTest(differences: [1, -1]).pValue == 1)
    #expect(try SignTest(differences: [0, 0]).pValue == 1)
    #expect(try SignTest(differences: [0, 0]).smallestAttainablePValue == 1)
  }

  @Test func refusesWhatHasNoSigns() {
    #expect(throws: StatisticsError.self) { try SignTest(differences: []) }
    #expect(throws: StatisticsError.self) { try SignTest(differences: [1, .nan]) }
  }
}
