import Wording
import Testing

@Suite struct PrintableTests {
  @Test(
    arguments: [
      ("fc_layers.0.weight", "fc_layers.0.weight"), ("größe/β 🌳", "größe/β 🌳"), ("", ""),
      ("\u{1B}[2Ja", "\\u{1B}[2Ja"), ("a\nb\tc\r", "a\\u{A}b\\u{9}c\\u{D}"),
      ("\u{9B}31m\u{7F}", "\\u{9B}31m\\u{7F}"), ("\u{202E}gpj.exe", "\\u{202E}gpj.exe"),
      ("\u{2028}\u{0}", "\\u{2028}\\u{0}"),
    ])
  func whatSteersATerminalIsEscaped(text: String, shown: String) {
    #expect(text.printable == shown)
    #expect(shown.printable == shown)
  }

  @Test func linesStayInATextOfSeveral() {
    #expect("a\nb\tc\r".printableLines == #"a"# + "\nb\tc" + #"\u{D}"#)
    #expect("👩‍👩‍👧 fi\u{AD}ne".printableLines == "👩‍👩‍👧 fi\u{AD}ne")
  }
}
