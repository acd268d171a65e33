import Testing

@testable import Reports

@Suite struct CSVTests {
  @Test func quotesOnlyWhereItMust() {
    let records = CSV(
      header: ["arm", "note"],
      rows: [["shuffle", "a b"], ["x,y", "say \"no\""], ["two\nlines", ""]])
    #expect(
      records.rendered() == "arm,note\nshuffle,a b\n\"x,y\",\"say \"\"no\"\"\"\n\"two\nlines\",\n")
  }

  @Test(arguments: [
    CSV(header: ["a"], rows: [[""], ["x"], [""]]),
    CSV(
      header: ["a", "b,\"c\""],
      rows: [["", ""], ["\r\n", "\""], ["é − \r", "\"\""], ["\n", ","]]),
    CSV(header: ["a", "b"]),
  ])
  func roundTrip(records: CSV) throws {
    #expect(try CSV(parsing: records.rendered(), file: "r.csv") == records)
  }

  @Test(arguments: [
    "a,b\r\n1,2\r\n", "a,b\n1,2", "\u{FEFF}a,b\r1,2\r", "\"a\",\"b\"\r\n\"1\",2", "a,b\n1,2\n\n",
    "a,b\r\n1,2\r\n\r\n\r\n",
  ])
  func readsOtherWriters(text: String) throws {
    #expect(try CSV(parsing: text, file: "r.csv") == CSV(header: ["a", "b"], rows: [["1", "2"]]))
  }

  @Test(arguments: [
    ("", ReportsError.recordsEmpty(file: "r.csv")),
    ("a,a\n", .recordsColumnTwice(file: "r.csv", line: 1, name: "a")),
    ("a,b\n1,2\n3\n", .recordsRagged(file: "r.csv", line: 3, expected: 2, found: 1)),
    ("a,b\n\n1,2\n", .recordsRagged(file: "r.csv", line: 2, expected: 2, found: 1)),
    ("a,b\n\"x\ny\",2\n3,4,5\n", .recordsRagged(file: "r.csv", line: 4, expected: 2, found: 3)),
    ("a,b\n\"x\r\ny\",2\r\n3\r\n", .recordsRagged(file: "r.csv", line: 4, expected: 2, found: 1)),
    ("a,b\n1,\"2\n3,4\n", .recordsUnterminatedQuote(file: "r.csv", line: 2)),
    ("a,b\n1,2\nx\"y,2\n", .recordsStrayQuote(file: "r.csv", line: 3)),
    ("a,b\n\"x\"y,2\n", .recordsStrayQuote(file: "r.csv", line: 2)),
  ])
  func errorsNameTheLine(text: String, error: ReportsError) {
    #expect(throws: error) { try CSV(parsing: text, file: "r.csv") }
  }
}
