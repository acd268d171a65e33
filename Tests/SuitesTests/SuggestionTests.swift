import Testing

@testable import Suites

@Suite("Suggestion")
struct SuggestionTests {
  @Test(
    "insertions, deletions, substitutions and swaps of neighbours",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("snip", "snip", 0), ("snipp", "snip", 1),
      ("snpi", "snip", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
    ])
  func distance(_ left: String, _ right: String, _ expected: Int) {
    #expect(Suggestion.distance(left, right) == expected)
    #expect(Suggestion.distance(right, left) == expected)
  }

  @Test("suggests what is near, and nothing otherwise")
  func nearest() {
    let known = ["random", "magnitude", "snip", "grasp", "synflow"]
    #expect(Suggestion.nearest(to: "SNIP", among: known) == "snip")
    #expect(Suggestion.nearest(to: "magnitud", among: known) == "magnitude")
    #expect(Suggestion.nearest(to: "sinflow", among: known) == "synflow")
    #expect(Suggestion.nearest(to: "hessian", among: known) == nil)
    #expect(Suggestion.nearest(to: "x", among: []) == nil)
  }
}
