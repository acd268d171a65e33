import Testing

@testable import Reports

@Suite struct UnbrokenNumbersTests {
  /// The text with the spaces at which no line ends shown as `_`.
  private func shown(_ text: String) -> String {
    text.withUnbrokenNumbers.replacing("\u{A0}", with: "_")
  }

  @Test(arguments: [
    ("+0.38 [−0.01, 0.77]", "+0.38 [−0.01,_0.77]"),
    ("[−0.30, ∞] and [< 0.001]", "[−0.30,_∞] and [<_0.001]"),
    ("[1, 2, 3]", "[1,_2,_3]"),
    (
      "by 3.1 points [2.0, 4.2] at 1.8 %, not at 2e−5 %",
      "by 3.1_points [2.0,_4.2] at 1.8_%, not at 2e−5_%"
    ),
    ("a 95 % interval [95 % interval]", "a 95_% interval [95_% interval]"),
    ("p < 0.001, p = 0.04, ± 0.5", "p <_0.001, p =_0.04, ±_0.5"),
    ("maintained †", "maintained_†"),
    ("2 h 5 min, 3 min 20 s, 12.3 MB", "2_h 5_min, 3_min 20_s, 12.3_MB"),
  ])
  func numbersStayWhole(text: String, whole: String) {
    #expect(shown(text) == whole)
  }

  @Test(arguments: [
    "5 of 8 runs", "[a, b]", "[1, b]", "unclosed [1, 2", "2, 3", "x = y", "5 pointsmen",
    " ", "% of 3", "3 sheep",
  ])
  func otherSpacesAreFree(text: String) {
    #expect(shown(text) == text)
  }

  @Test func codeIsLeftAloneAndSummariesAreNot() {
    #expect(Markdown.Text("\(code: "[1, 2]")").rendered(.cell) == "`[1, 2]`")
    #expect(Markdown.Text("\(strong: "at 5 %")").rendered(.cell) == "**at 5\u{A0}%**")
    #expect(
      Markdown([.details(summary: "mean [95 % interval]", [])]).rendered()
        == "<details>\n<summary>mean [95\u{A0}% interval]</summary>\n\n</details>\n")
  }
}
