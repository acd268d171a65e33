import Testing

@testable import Reports

@Suite struct MarkdownTextTests {
  @Test(arguments: [
    ("plain − é", "plain − é"),
    ("blocks.3.conv1_weight", "blocks.3.conv1_weight"),
    ("_x_", "\\_x\\_"),
    ("a*b`c~d\\e", "a\\*b\\`c\\~d\\\\e"),
    ("[−0.3, 0.5]", "[−0.3,\u{A0}0.5]"),
    ("[a](b)", "[a\\](b)"),
    ("[^1]", "\\[^1]"),
    ("p < 0.001 & x", "p <\u{A0}0.001 & x"),
    ("<b> &lt; &#60;", "\\<b> &amp;lt; &amp;#60;"),
    ("$5 and $6", "<span>$</span>5 and <span>$</span>6"),
    ("two\nlines", "two lines"),
  ])
  func escapesOnlyMarkup(plain: String, source: String) {
    #expect(Markdown.Text(plain).rendered(.block) == source)
  }

  @Test(arguments: [
    ("# a", "\\# a"), ("- a", "\\- a"), ("+ a", "\\+ a"), ("> a", "\\> a"), ("=", "\\="),
    ("1. a", "1\\. a"), ("12) a", "12\\) a"), ("1.5 points", "1.5\u{A0}points"), ("    a", "a"),
    ("−0.3", "−0.3"),
  ])
  func escapesTheStartOfBlocks(plain: String, source: String) {
    #expect(Markdown.Text(plain).rendered(.block) == source)
  }

  @Test(arguments: [
    ("a|b", "a\\|b"), ("a\\|b", "a\\\\\\|b"), ("a\nb", "a<br>b"), ("- a", "- a"),
  ])
  func escapesCells(plain: String, source: String) {
    #expect(Markdown.Text(plain).rendered(.cell) == source)
  }

  @Test func interpolationsKeepTheirKindAndAreEscaped() {
    let name = "a_b"
    let text: Markdown.Text = """
      \(name) \(code: "a`b|_c_") \(strong: "*") \(emphasis: "é") \("[x]", link: "a (b).md")
      """
    #expect(
      text.rendered(.block) == #"a_b ``a`b|_c_`` **\*** *é* [\[x\]](a%20%28b%29.md)"#)
    #expect(("a" + text).rendered(.block).hasPrefix("aa_b "))
  }

  @Test func codeInCells() {
    let plain: Markdown.Text = "\(code: "fc.weight")"
    let piped: Markdown.Text = #"\#(code: #"a\|b"#)"#
    #expect(plain.rendered(.cell) == "`fc.weight`")
    #expect(piped.rendered(.cell) == #"<code>a\\\|b</code>"#)
    #expect(Markdown.Text("\(code: "`a")").rendered(.block) == "`` `a ``")
  }
}
