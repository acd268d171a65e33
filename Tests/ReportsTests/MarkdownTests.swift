import Testing

@testable import Reports

@Suite struct MarkdownTests {
  @Test func longTablesFold() {
    func table(_ rows: Int) -> Markdown.Block {
      .table(.init([.number("n")], rows: (0..<rows).map { ["\(String($0))"] }))
    }
    let inside = Markdown.Block.details(summary: "all", [table(3)])
    let document = Markdown([table(2), table(3), inside]).folding(tablesAbove: 2)
    #expect(
      document.blocks == [table(2), .details(summary: "3 rows", [table(3)]), inside])
  }

  @Test func wholeDocument() {
    var document = Markdown([
      .heading(1, "Is SNIP's mask special?"),
      .paragraph("Verdict: \(strong: "maintained"), see \("the data", link: "records.csv")."),
    ])
    document.blocks.append(
      .table(
        .init(
          [.text("Arm"), .number("Δ (points)"), .number("p")],
          rows: [
            ["shuffle", "−0.1 [−0.3, 0.5]", "0.120"], ["invert | global", "−31.2", "< 0.001"],
          ])))
    document.blocks.append(
      .figure(path: "figures/accuracy.svg", alternative: "Accuracy [%]", caption: "Figure 1."))
    document.blocks.append(.bullets(["one", "- two"]))
    document.blocks.append(.details(summary: "Suite <yaml>", [.paragraph("As it was run.")]))
    #expect(
      document.rendered() == """
        # Is SNIP's mask special?

        Verdict: **maintained**, see [the data](records.csv).

        | Arm              |       Δ (points) |       p |
        | ---------------- | ---------------: | ------: |
        | shuffle          | −0.1 [−0.3,\u{A0}0.5] |   0.120 |
        | invert \\| global |            −31.2 | <\u{A0}0.001 |

        ![Accuracy \\[%\\]](figures/accuracy.svg)

        Figure 1.

        - one
        - \\- two

        <details>
        <summary>Suite &lt;yaml&gt;</summary>

        As it was run.

        </details>

        """)
  }

  @Test func findsFiguresInDetailsToo() {
    let figure = { Markdown.Block.figure(path: $0, alternative: "", caption: nil) }
    let document = Markdown([figure("a.svg"), .details(summary: "", [figure("b.svg")])])
    #expect(document.figurePaths == ["a.svg", "b.svg"])
  }
}
