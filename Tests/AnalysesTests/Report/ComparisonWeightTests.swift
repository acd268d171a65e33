@testable import Analyses
@testable import Suites
import Testing

@Suite struct ComparisonWeightTests {
  private let methods = "{random: random, snip: snip, grasp: grasp}"

  private func found(_ statistics: String) -> [String] {
    problems(yaml(methods: methods, more: "statistics:\n  margin: 1\n  weights: \(statistics)"))
  }

  @Test("weights are by method and ablation")
  func decoded() throws {
    let text = yaml(
      methods: methods,
      more: "statistics: {weights: {snip: {shuffle: 2, none: 0}, random: {reinitialize: 0.5}}}")
    #expect(
      design(try decode(text)).weights == [
        ComparisonWeight(method: "snip", ablation: "shuffle", weight: 2),
        ComparisonWeight(method: "snip", ablation: "none", weight: 0),
        ComparisonWeight(method: "random", ablation: "reinitialize", weight: 0.5),
      ])
  }

  @Test("what is wrong with weights is told with its line and field")
  func faults() {
    #expect(
      found("{snap: {shuffle: 2}}") == [
        "suite.yaml:9: statistics.weights.snap: unknown method `snap`; did you mean `snip`?"
      ])
    #expect(
      found("{snip: {shufle: 2}}") == [
        "suite.yaml:9: statistics.weights.snip.shufle: unknown comparison of snip `shufle`; did you "
          + "mean `shuffle`?"
      ])
    #expect(
      found("{snip: {shuffle: -1}}") == [
        "suite.yaml:9: statistics.weights.snip.shuffle: found `-1`; write a weight of at least 0"
      ])
    // The null control claims nothing, so it has no part of α.
    #expect(
      found("{random: {shuffle: 1}}") == [
        "suite.yaml:9: statistics.weights.random.shuffle: unknown comparison of random `shuffle`; "
          + "possible: `reinitialize`"
      ])
  }

  @Test("weights that are all 0 leave nothing to divide by")
  func zero() {
    let none = "{shuffle: 0, reinitialize: 0, invert-global: 0, invert-layerwise: 0, none: 0}"
    let message =
      "suite.yaml:9: statistics.weights: found weights that are all 0; write at least one weight above 0"
    #expect(
      found("{snip: \(none), grasp: \(none), random: {reinitialize: 0}}") == [message])
    #expect(found("{snip: \(none), grasp: \(none)}").isEmpty)
    let family = "{snip: {shuffle: 0}, grasp: {shuffle: 0}}\n  family: ablation"
    #expect(found(family) == [message])
  }

  @Test("α goes where the weights say")
  func report() throws {
    // Near enough to its margin to be shown at 5 %, and not at a quarter of that.
    let near = Runs.changed { record in
      if record.ablation == "shuffle", record.method == "snip" {
        record.accuracy? += [0.3, -0.3, 0.2, -0.2, 0][record.replicate - 1]
      }
      return true
    }
    let alike = try Runs.report(near)
    #expect(!alike.contains("**Maintained"))
    #expect(!alike.contains("Weights in sharing α"))
    var terms = Runs.terms()
    terms.settings.weights = ["reinitialize", "invert-global", "none"].map {
      ComparisonWeight(method: "snip", ablation: $0, weight: 0)
    }
    let text = try Runs.report(near, terms)
    #expect(text.contains("**snip · shuffle**: **Maintained at every tested density"), "\(text)")
    #expect(
      text.contains(
        "Weights in sharing α: snip · reinitialize 0, snip · invert-global 0, snip against random 0; "
          + "every other comparison 1."),
      "\(text)")
    // Comparisons without weight wait until every other is shown, and the shuffle's difference is not.
    #expect(alike.contains("**Lowered** at 50 %") && !text.contains("**Lowered**"))
    terms.settings.weights = [ComparisonWeight(method: "synflow", ablation: "shuffle", weight: 3)]
    #expect(
      try Runs.report(near, terms).contains(
        "weights are stated of what is not compared: synflow · shuffle"))
  }

  @Test("terms keep the weights")
  func terms() throws {
    var terms = Runs.terms()
    terms.settings.weights = [ComparisonWeight(method: "snip", ablation: "none", weight: 2.5)]
    let text = try TermsFile.text(of: terms)
    #expect(
      text.contains("  - \"ablation\": none\n    \"method\": snip\n    \"weight\": 2.5\n"),
      "\(text)")
  }
}
