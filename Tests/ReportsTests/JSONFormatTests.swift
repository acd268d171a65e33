import Testing

@testable import Reports

@Suite struct JSONFormatTests {
  /// A report of everything that reports have.
  static let document = ReportDocument(
    [
      .heading(1, "Is \(code: "a|b") < c?"),
      .paragraph("By 0.3 points, \(strong: "maintained")/\("there", link: "records.csv")."),
      .heading(2, "Layers"),
      .figure(path: "figures/a.svg", alternative: "A \"line\"", caption: "It falls."),
      .details(
        summary: "two rows",
        [
          .table(
            .init(
              [.text("name"), .number("Δ")],
              rows: [["a|b \\ <c>", "−0.1 [−0.3, 0.5]"], ["é 😀", "–"]]))
        ]),
      .bullets(["one", "two\u{A0}%"]), .heading(2, "Layers"), .table(.init([.text("empty")])),
    ],
    figures: [
      (
        "a",
        Figure(
          title: "A", alternative: "…",
          .lines(
            LineChart(
              [.init("s", [.init(1, 2, lower: 1.5, upper: .infinity), .init(2, nil)])],
              x: Axis("x"),
              y: Axis("y"))))
      )
    ], data: { ["analysis": .text("ablation")] })

  @Test("a report is one value of sections, texts, tables and figures")
  func whole() throws {
    let expected = #"""
      {"analysis": "ablation", "form": 1, "title": "Is a|b < c?", "sections": [
       {"heading": "Is a|b < c?", "slug": "is-ab--c", "level": 1, "bullets": [], "tables": [], "figures": [],
        "paragraphs": ["By 0.3 points, maintained/there."]},
       {"heading": "Layers", "slug": "layers", "level": 2, "paragraphs": [], "bullets": ["one", "two %"],
        "tables": [{"title": "two rows", "columns": ["name", "Δ"], "rows": [
         [{"text": "a|b \\ <c>"}, {"text": "−0.1 [−0.3, 0.5]", "value": -0.1, "low": -0.3, "high": 0.5}],
         [{"text": "é 😀"}, {"text": "–"}]]}],
        "figures": [{"name": "a", "path": "figures/a.svg", "title": "A", "alternative": "A \"line\"",
         "caption": "It falls.", "data": {"kind": "lines", "xLabel": "x", "yLabel": "y", "band": null, "references": [],
          "panels": [{"title": "", "series": [
           {"name": "s", "x": [1, 2], "y": [2, null], "low": [1.5, null], "high": [null, null]}]}]}}]},
       {"heading": "Layers", "slug": "layers-1", "level": 2, "paragraphs": [], "bullets": [], "figures": [],
        "tables": [{"title": "Layers", "columns": ["empty"], "rows": []}]}]}
      """#
    let text = try ReportFormat.json.text(Self.document)
    #expect(try JSON(parsing: text) == JSON(parsing: expected))
  }

  @Test("the file's members are sorted, its slashes as they are, its last line ends")
  func file() throws {
    let text = try ReportFormat.json.text(
      ReportDocument([.paragraph("a/b")], data: { ["a": JSON(.nan), "seed": .large(.max)] }))
    #expect(
      text == """
        {
          "a" : null,
          "form" : 1,
          "sections" : [
            {
              "bullets" : [

              ],
              "figures" : [

              ],
              "heading" : "",
              "level" : 1,
              "paragraphs" : [
                "a/b"
              ],
              "slug" : "",
              "tables" : [

              ]
            }
          ],
          "seed" : 18446744073709551615,
          "title" : "Report"
        }

        """)
    #expect(try JSON(parsing: text) != JSON(parsing: "{}"))
  }
}
