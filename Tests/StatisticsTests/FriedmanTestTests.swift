import Statistics
import Testing

@Suite struct FriedmanTestTests {
  @Test(arguments: try DesignReference.load().friedman)
  func agreesWithSciPy(row: DesignReference.Friedman) throws {
    let test = try FriedmanTest(blocks: row.blocks)
    #expect(agree(test.chiSquare, row.chiSquare))
    #expect(agree(test.chiSquarePValue, row.chiSquarePValue))
    #expect(agree(test.fRatio, row.fRatio))
    #expect(agree(test.fRatioPValue, row.pValue))
    #expect(test.pairs.count == row.pairs.count)
    for (pair, expected) in zip(test.pairs, row.pairs) { #expect(agree(pair.pValue, expected)) }
  }

  /// Of 6² ways to order the second and third block of three, one agrees with the first.
  @Test func blocksThatAgreeHaveTheExactPValue() throws {
    let test = try FriedmanTest(blocks: [[1, 2, 3], [4, 5, 6], [0, 7, 8]])
    #expect(test.fRatio == .infinity)
    #expect(agree(test.fRatioPValue, 1.0 / 36))
    #expect(test.meanRanks == [1, 2, 3])
    #expect(test.pairs.map { [$0.first, $0.second] } == [[0, 1], [0, 2], [1, 2]])
    // With two alike in every block there are three orders: p = 1/3².
    let tied = try FriedmanTest(blocks: [[1, 1, 3], [4, 4, 6], [0, 0, 8]])
    #expect(agree(tied.fRatioPValue, 1.0 / 9))
  }

  @Test func tiesEverywhereShowNothing() throws {
    let test = try FriedmanTest(blocks: [[1, 1, 1], [2, 2, 2]])
    #expect(test.chiSquare == 0 && test.fRatioPValue == 1 && test.chiSquarePValue == 1)
    #expect(test.pairs.allSatisfy { $0.pValue == 1 })
  }

  @Test func refusesWhatIsNoTable() {
    #expect(throws: StatisticsError.self) { try FriedmanTest(blocks: [[1, 2, 3]]) }
    #expect(throws: StatisticsError.self) { try FriedmanTest(blocks: [[1, 2], [1, 2]]) }
    #expect(throws: StatisticsError.self) { try FriedmanTest(blocks: [[1, 2, 3], [1, 2, 3, 4]]) }
    #expect(throws: StatisticsError.self) { try FriedmanTest(blocks: [[1, 2, 3], [1, 2, .nan]]) }
  }
}
