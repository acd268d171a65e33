import Testing

@Suite struct ParsedSVGTests {
  @Test func refusesWhatIsNotWellFormed() {
    #expect(ParsedSVG("<svg><g></svg>") == nil)
    #expect(ParsedSVG("<svg a='1' a='2'/>") == nil)
    #expect(ParsedSVG("<svg>a & b</svg>") == nil)
    #expect(ParsedSVG("<svg><title>a &amp; b</title></svg>")?.texts("title") == ["a & b"])
  }
}
