import Reports
import Testing

@testable import Notebooks

@Suite struct ValueTests {
  private static let json = """
    {"rows": [{"name": "SNIP *", "mean": -0.25, "n": 12345, "none": null, "b c": 1e-7, "ok": true}, {"mean": 2}],
     "empty": []}
    """

  private static func text(_ expression: String) throws -> String {
    try ValueExpression(expression).text(in: try JSON(parsing: json))
  }

  @Test(
    "a value is found and written",
    arguments: [
      ("c.rows[0].mean:.1f", "−0.2"), ("c.rows.mean:+.2f", "−0.25"),
      ("c.rows[1].mean:+.2f", "+2.00"),
      ("c.rows[-1].mean", "2"), ("c.rows.n:,", "12,345"), ("c.rows.mean:.0%", "−25 %"),
      ("c.rows.n:.2g", "12345"), ("c.rows[0].name", "SNIP \\*"), ("c.rows.none", "–"),
      ("c.rows[0]['b c']:.3g", "1e−7"), ("c.rows.ok", "true"), ("c.rows.n", "12345"),
    ])
  func found(expression: String, text: String) throws {
    #expect(try Self.text(expression) == text)
  }

  @Test(
    "what is no value says why",
    arguments: [
      ("c.rows", "is a list of 2, not one value"),
      ("c.row", "there is no `row`, did you mean `rows`?"),
      ("c.rows[2].mean", "entry 2 is none of 2"), ("c.empty.x", "is of a list without entries"),
      ("c.rows.mean.x", "there is no `x` in a number"),
      ("c.rows.name:.1f", "is a text, not a number"),
      ("c.rows[x]", "has neither a number nor a name in quotes between [ and ]"),
      ("c.rows[0", "has a [ without its ]"), ("c.rows.n:.1x", "`:.1x` is no way to write a number"),
      (".x", "begins with no cell's name"), ("c[0]", "there is no entry 0 of an object with"),
    ])
  func missing(expression: String, problem: String) throws {
    let fault = #expect(throws: ValueExpression.Fault.self) { try Self.text(expression) }
    #expect(fault?.problem.hasPrefix(problem) == true, "\(String(describing: fault))")
  }
}

@Suite struct CommandLineTests {
  @Test("words are those of a shell, and what only a shell can do is refused")
  func words() throws {
    let code = """
      # a comment
      espalier score 'a b' "c'd" e\\ f "" \\
        --seed 1 # why

      espalier plan
      """
    let lines = try CommandLine.all(in: code)
    #expect(
      lines.map(\.words) == [
        ["espalier", "score", "a b", "c'd", "e f", "", "--seed", "1"], ["espalier", "plan"],
      ])
    #expect(lines.map(\.line) == [1, 4])
    for code in ["a > b", "a $HOME", "a; b", "a `b`", "a *"] {
      #expect(throws: CommandLine.NeedsShell.self) { try CommandLine.all(in: code) }
    }
    #expect(throws: CommandLine.OpenQuote.self) { try CommandLine.all(in: "a \"b") }
  }
}
