@testable import Analyses
@testable import Suites
import Testing

@Suite struct PublishedClaimTests {
  private func claim(
    _ ablations: [String], _ says: [PublishedClaim.Statement]
  ) -> PublishedClaim {
    PublishedClaim(
      claim: "Nothing is lost.", source: "Somebody (2020)", setting: "ResNet-20 on CIFAR-10",
      methods: ["snip"], ablations: ablations, says: says)
  }

  private func report(_ claims: PublishedClaim..., primary: Bool = false) throws -> String {
    var terms = Runs.terms(primary: primary ? [Runs.densities[0]] : nil)
    terms.settings.published = claims
    return try Runs.report(Runs.known, terms)
  }

  @Test("claims stand beside verdicts, density by density")
  func sentences() throws {
    let text = try report(
      claim(["shuffle", "reinitialize", "invert-global"], [.maintained, .raised]))
    #expect(
      text.contains(
        "**Nothing is lost.** Source: Somebody (2020); networks: ResNet-20 on CIFAR-10. Here, of 6 verdicts "
          + "on 3 comparisons: 2 agree, 2 disagree (snip · reinitialize at 50 %, 10 %), 2 undecided."
      ), "\(text)")
    #expect(text.contains("| **agrees** (maintained), 0.00 [−0.10, 0.10] "), "\(text)")
    #expect(text.contains("| **disagrees** (lowered), −4.88 [−5.16, −4.60] "))
    #expect(text.contains("| undecided, −0.10 [−1.89, 1.69] "))
    #expect(text.contains("a disagreement here refutes nothing there."))
  }

  @Test("a claim of harm agrees where harm is shown, and not where sameness is")
  func lowered() throws {
    let text = try report(claim(["shuffle", "reinitialize"], [.lowered]))
    #expect(
      text.contains(
        "2 agree, 2 disagree (snip · shuffle at 50 %, 10 %), 0 undecided."), "\(text)")
  }

  @Test("densities that decide nothing neither agree nor disagree")
  func exploratory() throws {
    let text = try report(claim(["shuffle"], [.maintained]), primary: true)
    #expect(
      text.contains(
        "Here, of 1 verdict on 1 comparison: 1 agree, 0 disagree, 0 undecided."),
      "\(text)")
    #expect(text.contains("| not primary, "))
  }

  @Test("claims of comparisons that a table lacks are told to have none")
  func absent() throws {
    #expect(
      try report(claim(["invert-layerwise"], [.lowered]))
        .contains("This table has no run of these comparisons."))
    #expect(try !Runs.report(Runs.known).contains("Published claims"))
  }

  @Test("a suite states claims, and terms keep them")
  func decoded() throws {
    let entry = "claim: A., source: B, setting: C, methods: [snip]"
    let text = yaml(
      methods: "{random: random, snip: snip}",
      more: "published:\n  - {\(entry), ablations: [shuffle], says: lowered}")
    let claims = design(try decode(text)).published
    #expect(
      claims == [
        PublishedClaim(
          claim: "A.", source: "B", setting: "C", methods: ["snip"], ablations: ["shuffle"],
          says: [.lowered])
      ])
    var terms = Runs.terms()
    terms.settings.published = claims
    #expect(try TermsFile.text(of: terms).contains("    \"says\":\n    - lowered\n"))
  }

  @Test("what is wrong with a claim is told with its line and field")
  func faults() {
    func found(_ entry: String) -> [String] {
      problems(
        yaml(methods: "{random: random, snip: snip}", more: "published:\n  - {\(entry)}"))
    }
    let head = "claim: A., source: B, setting: C"
    #expect(
      found("\(head), methods: [snip], ablations: [shuffle]") == [
        "suite.yaml:8: published.says: missing; add it, as in `says: [maintained]`"
      ])
    #expect(
      found("\(head), methods: [snap], ablations: [shuffle], says: lowered") == [
        "suite.yaml:8: published.methods: unknown method `snap`; did you mean `snip`?"
      ])
    #expect(
      found("\(head), methods: [snip], ablations: [shuffle], says: undecided") == [
        "suite.yaml:8: published.says: unknown verdict `undecided`; possible: `maintained`, "
          + "`lowered`, `raised`"
      ])
    #expect(
      found("\(head), methods: [random], ablations: [shuffle], says: lowered") == [
        "suite.yaml:8: published: found `shuffle` of `random`; write comparisons that the suite makes: of "
          + "random reinitialize"
      ])
  }
}
