import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Merge keys")
struct MergeKeysTests {
  private func scopes(_ methods: String) throws -> [String: Scope] {
    let design = design(try decode(yaml(methods: methods)))
    return Dictionary(
      uniqueKeysWithValues: design.methods.map { ($0.name, $0.ranking.scope) })
  }

  private func criteria(_ methods: String) throws -> [String] {
    design(try decode(yaml(methods: methods))).methods.map(\.ranking.criterion.name)
  }

  @Test("a mapping is merged, own keys win wherever they stand")
  func merged() throws {
    let methods = """

        random: &r {criterion: random, scope: layerwise}
        one:
          <<: *r
          criterion: magnitude
        two: {criterion: synflow, <<: *r}
      """
    #expect(try criteria(methods) == ["random", "magnitude", "synflow"])
    #expect(
      try scopes(methods) == ["random": .layerwise, "one": .layerwise, "two": .layerwise])
  }

  @Test("of a list the first wins, and what was merged is merged on")
  func lists() throws {
    let methods = """

        random: &r {criterion: random, scope: layerwise}
        other: &o {criterion: magnitude, scope: erdos-renyi}
        both: &b {<<: [*o, *r]}
        again: {<<: *b}
      """
    #expect(try criteria(methods) == ["random", "magnitude", "magnitude", "magnitude"])
    #expect(try scopes(methods)["again"] == .erdosRenyi)
  }

  @Test("a mistake in what is merged is told where it is written")
  func lines() {
    let methods = """

        random: &r
          criterion: random
          scope: layerwide
        other: {<<: *r, criterion: magnitude}
      """
    #expect(
      problems(yaml(methods: methods)) == [
        "suite.yaml:9: methods.random.scope: unknown scope `layerwide`; did you mean `layerwise`?",
        "suite.yaml:9: methods.other.scope: unknown scope `layerwide`; did you mean `layerwise`?",
      ])
  }

  @Test("what is no mapping cannot be merged, and a quoted key is a key")
  func refused() {
    #expect(
      problems(yaml(more: "<<: 3")) == [
        "suite.yaml:7: found `<<` before something else; write a mapping, or a list of mappings,"
          + " after it"
      ])
    #expect(problems(yaml(more: "'<<': {seed: 1}")).first?.contains("unknown key") == true)
  }

  @Test("aliases that multiply end with a sentence")
  func multiplied() {
    let bomb =
      "a0: &a0 [x, x]\n"
      + (1...30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }.joined(separator: "\n")
    #expect(problems(bomb).contains { $0.contains("more than a million values") })
  }
}
