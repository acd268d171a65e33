import Statistics
import Testing

@Suite struct FisherExactTestTests {
  @Test(arguments: try NonparametricReference.load().fisher)
  func agreesWithSciPy(row: NonparametricReference.Fisher) throws {
    let cells = row.table
    let test = try FisherExactTest(cells[0], cells[1], cells[2], cells[3])
    #expect(agree(test.pValue, row.pValue))
    // Neither the order of rows nor that of columns matters, nor which are which.
    for turned in [
      try FisherExactTest(cells[2], cells[3], cells[0], cells[1]),
      try FisherExactTest(cells[1], cells[0], cells[3], cells[2]),
      try FisherExactTest(cells[0], cells[2], cells[1], cells[3]),
    ] { #expect(agree(turned.pValue, row.pValue)) }
  }

  /// Fisher's lady names 3 of 4 cups of each kind: 2 (16 + 1) / 70.
  @Test func theLadyTastingTea() throws {
    let test = try FisherExactTest(3, 1, 1, 3)
    #expect(agree(test.pValue, 34.0 / 70))
    #expect(test.oddsRatio == 9)
  }

  @Test func emptyMarginsSayNothing() throws {
    let test = try FisherExactTest(0, 0, 3, 4)
    #expect(test.pValue == 1 && test.oddsRatio.isNaN)
    #expect(try FisherExactTest(2, 0, 0, 2).oddsRatio == .infinity)
  }

  @Test func refusesWhatIsNoTable() {
    #expect(throws: StatisticsError.self) { try FisherExactTest(0, 0, 0, 0) }
    #expect(throws: StatisticsError.self) { try FisherExactTest(3, -1, 1, 3) }
  }
}
