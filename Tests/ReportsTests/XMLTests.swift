import Testing

@testable import Reports

@Suite struct XMLTests {
  @Test func escapesMarkupAndDropsControlCharacters() {
    #expect(XML.escaped("<a & \"b\">\u{0}\u{1B}\né−") == "&lt;a &amp; &quot;b&quot;&gt; é−")
  }

  @Test func legalTextHasNoCharacterThatXMLCannotHold() {
    #expect(XML.legal("a\u{7}b\u{FFFE}c\u{FFFF}d\u{85}\u{9B}e\u{1F600}") == "abcde\u{1F600}")
    #expect(XML.legal("a\tb\nc") == "a\tb\nc")
    #expect(XML.escaped("]]>") == "]]&gt;")
  }
}
