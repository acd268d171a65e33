import Testing

@testable import Reports

@Suite struct ReportComparisonTests {
  /// A report of two comparisons at two densities.
  private func report(
    analysis: String = "ablation", question: String = "Does it matter?", margin: Double = 1,
    verdicts: [String] = ["maintained", "undecided"], difference: String = "−0.20 [−0.40, 0.00]",
    last: [[String]] = [], seconds: Double = 1, accuracy: Double = 95
  ) throws -> ComparedReport {
    var matrix = Markdown.Table([.text("method"), .text("shuffle"), .text("reinitialize")])
    matrix.append(["SNIP", "\(strong: verdicts[0]) at 50 %", .init(verdicts[1])])
    var differences = Markdown.Table([
      .text("comparison"), .number("density"), .number("difference"), .text("shown"),
    ])
    differences.append(plain: ["SNIP · shuffle", "50 %", difference, verdicts[0]])
    differences.append(plain: ["SNIP · shuffle", "20 %", "−3.00 [−4.00, −2.00]", "–"])
    for row in last { differences.append(plain: row) }
    let document = ReportDocument([
      .heading(1, .init(question)), .paragraph("The answer."), .table(matrix),
      .heading(2, "Differences"),
      .details(summary: "\(differences.rows.count) rows", [.table(differences)]),
    ]) {
      [
        "analysis": .text(analysis), "question": .text(question),
        "terms": .members([
          "settings": .members(["margin": .number(margin), "densities": .list([.number(0.5)])])
        ]),
        "records": .list([
          .members([
            "run": .text("SNIP"), "accuracy": .number(accuracy), "seconds": .number(seconds),
          ])
        ]),
      ]
    }
    return try ComparedReport(parsing: JSONReport(document).value.rendered(), source: "report.json")
  }

  private func compared(_ before: ComparedReport, _ after: ComparedReport) throws
    -> ReportComparison
  {
    try ReportComparison(("A", before), ("B", after))
  }

  @Test("a report is the same as itself, whatever it took")
  func same() throws {
    let comparison = try compared(report(), report(seconds: 9))
    #expect(comparison.isSame)
    #expect((comparison.verdicts, comparison.movedVerdicts) == (2, 0))
    #expect(comparison.records.same == 1)
    #expect(comparison.markdown.rendered().contains("say the same in 6 cells of 2 tables"))
  }

  @Test("a verdict that moved is told with its estimates, its change and the term behind it")
  func moved() throws {
    let comparison = try compared(
      report(),
      report(
        margin: 2, verdicts: ["lowered", "undecided"], difference: "−1.25 [−1.50, −1.00]",
        accuracy: 94))
    #expect((comparison.verdicts, comparison.movedVerdicts) == (2, 1))
    #expect(comparison.terms == [TermChange(path: "settings.margin", before: "1", after: "2")])
    #expect(comparison.records.same == 0)
    let text = comparison.markdown.rendered().replacing("\u{A0}", with: " ")
    let rows = text.split(separator: "\n").map { $0.replacing(#/ +/#, with: " ") }
    #expect(rows.contains("| SNIP · shuffle | maintained at 50 % | lowered at 50 % |"))
    #expect(
      rows.contains(
        "| Differences | SNIP · shuffle · 50 % | maintained | lowered | −0.20 [−0.40, 0.00]"
          + " | −1.25 [−1.50, −1.00] | −1.05 |"))
    #expect(
      rows.contains(
        "| Differences | difference | 1 | −1.05 | −1.05 | SNIP · shuffle · 50 %: −0.20 [−0.40, 0.00]"
          + " → −1.25 [−1.50, −1.00] |"))
    #expect(rows.contains("| `settings.margin` | 1 | 2 |"))
    #expect(text.contains("In tables of verdicts 1 of 2 cells moved, with 1 term changed."))
  }

  @Test("rows that one report has alone are told, and the others compared all the same")
  func added() throws {
    let more = try report(last: [["SNIP · invert", "20 %", "−9.00 [−9.50, −8.50]", "lowered"]])
    let comparison = try compared(report(), more)
    #expect(!comparison.isSame)
    #expect(comparison.tables.map(\.onlyAfter) == [[], ["SNIP · invert · 20 %"]])
    #expect(comparison.tables.map(\.compared) == [2, 4])
    #expect(
      comparison.markdown.rendered().replacing("\u{A0}", with: " ")
        .contains("rows of Differences in `B`: SNIP · invert · 20 %"))
  }

  @Test("numbers of other units have no difference")
  func units() {
    func cell(_ text: String, _ value: Double) -> ComparedReport.Cell {
      .init(text: text, value: value, low: nil, claims: nil)
    }
    #expect(CellChange.difference(cell("900 kB", 900), cell("1.2 MB", 1.2)) == nil)
    #expect(
      CellChange.difference(cell("1.2 MB", 1.2), cell("1.5 MB", 1.5)).map { abs($0 - 0.3) < 1e-12 }
        == true)
    #expect(CellChange.shown(0.3, cell("1.2 MB", 1.2), cell("1.55 MB", 1.5)) == "+0.30")
  }

  @Test(
    "evidence behind words moves no verdict, densities do",
    arguments: [
      ("undecided, +2.66 [0.58, 4.74]", "undecided, −0.10 [−0.50, 0.30]", false),
      ("stable: 0.28, excess 0.17", "stable: 0.26, excess 0.19", false),
      ("agrees (raised), +3.41 [3.21, 3.60]", "undecided, +3.41 [−3.21, 3.60]", true),
      ("lowered at 51.2 %, 26.2 %", "lowered at 51.2 %, 13.4 %", true),
    ])
  func evidence(before: String, after: String, moves: Bool) {
    func cell(_ text: String) -> ComparedReport.Cell {
      .init(text: text, value: nil, low: nil, claims: nil)
    }
    let change = CellChange(
      row: "a", column: "b", before: cell(before), after: cell(after), isVerdict: true,
      estimate: nil)
    #expect(change.saysOtherwise == moves)
  }

  @Test("reports of two analyses, and files that are none, are refused")
  func refused() throws {
    let report = try report()
    let other = try self.report(analysis: "lottery")
    #expect(throws: ReportsError.self) { try ReportComparison(("A", report), ("B", other)) }
    let error = #expect(throws: ReportsError.self) {
      try ComparedReport(parsing: "{\"form\": 1}", source: "x.json")
    }
    #expect(error.map { "\($0)" }?.contains("x.json is no report") == true)
  }
}
