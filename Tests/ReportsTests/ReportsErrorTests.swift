import Testing

@testable import Reports

@Suite struct ReportsErrorTests {
  @Test(arguments: [
    (
      ReportsError.notPositive(figure: "F", axis: "density (%)", value: 0),
      "cannot draw the figure “F”: its axis “density (%)” is logarithmic and got 0.0; "
        + "leave the point out or make the axis linear"
    ),
    (
      .recordsRagged(file: "r.csv", line: 3, expected: 2, found: 1),
      "r.csv:3: 1 field where the header has 2; quote fields that hold commas"
    ),
    (
      .recordsUnterminatedQuote(file: "r.csv", line: 2),
      "r.csv:2: the quote that opens here is never closed; close it"
    ),
    (
      .unwritable(path: "out/report.md", reason: "Permission denied"),
      "cannot write the report: out/report.md: Permission denied; "
        + "check the folder's permissions and free space"
    ),
  ])
  func sentences(error: ReportsError, sentence: String) {
    #expect("\(error)" == sentence)
  }
}
