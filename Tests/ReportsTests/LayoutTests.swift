import Testing

@testable import Reports

@Suite struct LayoutTests {
  @Test func longTextsAreCutWithAnEllipsis() {
    #expect(Layout.shortened("SNIP", to: 200) == "SNIP")
    let cut = Layout.shortened("Magnitude after training to the end", to: 100, bold: true)
    #expect(cut.hasPrefix("Magn") && cut.hasSuffix("…"))
    #expect(Layout.width(cut, bold: true) <= 100)
  }
}
