import Testing

@testable import Reports

@Suite struct HTMLFormatTests {
  /// What stands in the page's body.
  private func body(_ document: ReportDocument) throws -> String {
    let page = try ReportFormat.html.text(document)
    let start = try #require(page.firstRange(of: "<main>\n")).upperBound
    let end = try #require(page.firstRange(of: "\n</main>")).lowerBound
    return String(page[start..<end])
  }

  @Test("blocks are elements, and nothing in a text is markup")
  func blocks() throws {
    let document = ReportDocument([
      .heading(1, "Is \(code: "a|b") < c & \"d\"?"),
      .paragraph(
        "\(strong: "maintained <b>") *not* \(emphasis: "é") \("there", link: "records.csv?a=1&b") \("x", link: "javascript:alert(1)")."
      ),
      .bullets(["one", "+0.1 [−0.3, 0.5] at 51.2 %"]), .heading(2, "Runs"), .heading(2, "Runs"),
      .table(
        .init(
          [.text("name"), .number("Δ")],
          rows: [["a | b \\ <i>", "−0.1 [−0.3, 0.5]"], ["😀\nü", "–"]])),
      .table(.init([.text("empty")])),
      .details(
        summary: "2 > 1",
        [.paragraph("within"), .figure(path: "b.png", alternative: "B", caption: nil)]),
    ])
    #expect(
      try body(document) == """
        <h1 id="is-ab--c--d">Is <code>a|b</code> &lt; c &amp; &quot;d&quot;?</h1>
        <p><strong>maintained &lt;b&gt;</strong> *not* <em>é</em> \
        <a href="records.csv?a=1&amp;b">there</a> x.</p>
        <ul>
        <li>one</li>
        <li>+0.1 [−0.3,\u{A0}0.5] at 51.2\u{A0}%</li>
        </ul>
        <h2 id="runs">Runs</h2>
        <h2 id="runs-1">Runs</h2>
        <div class="table">
        <table>
        <thead><tr><th scope="col">name</th><th scope="col" class="number">Δ</th></tr></thead>
        <tbody>
        <tr><td>a | b \\ &lt;i&gt;</td><td class="number">−0.1 [−0.3,\u{A0}0.5]</td></tr>
        <tr><td>😀<br>ü</td><td class="number">–</td></tr>
        </tbody>
        </table>
        </div>
        <div class="table">
        <table>
        <thead><tr><th scope="col">empty</th></tr></thead>
        <tbody>
        </tbody>
        </table>
        </div>
        <details>
        <summary>2 &gt;\u{A0}1</summary>
        <p>within</p>
        <figure>
        <img src="b.png" alt="B">
        </figure>
        </details>
        """)
  }

  @Test(
    "a page needs nothing else: no script, no address, its figures inside, each with ids of its own"
  )
  func whole() throws {
    let block = Markdown.Block.figure(
      path: "figures/a.svg", alternative: "A", caption: "It <falls>.")
    let page = try ReportFormat.html.text(
      ReportDocument(
        [.heading(1, "A & B"), block, block], figures: [("a", Samples.accuracy)]))
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n"))
    #expect(page.contains("<title>A &amp; B</title>"))
    #expect(page.contains("@media (prefers-color-scheme: dark)"))
    #expect(page.contains("@media print"))
    #expect(page.contains("<figcaption>It &lt;falls&gt;.</figcaption>"))
    #expect(page.matches(of: #/<svg /#).count == 2)
    #expect(!page.contains("<?xml"))
    #expect(!page.contains("<script"))
    let addresses = page.matches(of: /https?:[^"]*/).map { String($0.output) }
    #expect(
      Set(addresses) == ["http://www.w3.org/2000/svg"], "names the kind of element, is not fetched")
    let ids = page.matches(of: /id="([^"]*)"/).map { String($0.1) }
    #expect(ids.count == 5)
    #expect(Set(ids).count == 5)
    #expect(page.contains("aria-labelledby=\"figure-2-title figure-2-description\""))
  }

  @Test("every colour of figures has its dark one in the page")
  func dark() {
    for ink in Ink.all {
      #expect(HTMLStyle.text.contains("[fill=\"\(ink.light)\"] { fill: \(ink.dark) }"))
      #expect(HTMLStyle.text.contains("[stroke=\"\(ink.light)\"] { stroke: \(ink.dark) }"))
    }
    #expect(
      Set(Ink.all.map(\.light)).count == Set(Ink.all).count, "no light colour has two dark ones")
  }
}
