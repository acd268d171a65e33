import Testing

@testable import Reports

@Suite struct ReportsErrorTests {
  @Test(arguments: [
    (
      ReportsError.gnuplotMissing(executable: "gnuplot"),
      "cannot draw figures: gnuplot is not on the PATH; install gnuplot (Debian package gnuplot-nox)"
    ),
    (
      .gnuplotFailed(figure: "F", status: 1, message: "line 3: syntax error"),
      "cannot draw the figure “F”: gnuplot ended with status 1: line 3: syntax error"
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
