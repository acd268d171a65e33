import Testing

@testable import Reports

@Suite struct MarkdownTableTests {
  @Test func columnsAreAlignedInTheSource() {
    var table = Markdown.Table([.text("Layer"), .number("Density")])
    table.append(["\(code: "conv1.weight")", "51.2 %"])
    table.append(["é", "1.8 %"])
    #expect(
      table.rendered() == """
        | Layer          | Density |
        | -------------- | ------: |
        | `conv1.weight` |  51.2\u{A0}% |
        | é              |   1.8\u{A0}% |
        """)
  }

  @Test func shortColumnsHaveAWholeDelimiter() {
    #expect(
      Markdown.Table([.text("a"), .number("b")]).rendered() == """
        | a    |    b |
        | ---- | ---: |
        """)
  }
}
