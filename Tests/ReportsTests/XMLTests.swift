import Testing

@testable import Reports

@Suite struct XMLTests {
  @Test func escapesMarkupAndDropsControlCharacters() {
    #expect(XML.escaped("<a & \"b\">\u{0}\u{1B}\né−") == "&lt;a &amp; &quot;b&quot;&gt; é−")
  }
}
