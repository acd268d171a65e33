import Statistics
import Testing

@Suite struct MatchingTests {
  private let dense = [98.0, 98.2, 98.4]

  private func matching(_ differences: [Double]) throws -> Matching {
    try Matching(
      sparse: zip(dense, differences).map { $0 + $1 }, dense: dense,
      rule: DecisionRule(margin: 0.5, alpha: 0.05))
  }

  @Test func aDropSmallerThanTheMarginMatches() throws {
    let found = try matching([-0.1, -0.05, -0.15])
    #expect(found.verdict == .matching)
    #expect(abs(found.mean + 0.1) < 1e-12)
    #expect(found.inference!.nonInferiority.pValue < 0.05)
    #expect(found.inference!.equivalence.pValue < 0.05)
  }

  @Test func gainsMatchWithoutBeingEquivalent() throws {
    let found = try matching([2, 2.1, 1.9])
    #expect(found.verdict == .matching)
    #expect(found.inference!.equivalence.pValue > 0.9)
    #expect(found.isWithinOneDeviation == true && found.isWithinPublishedDrop)
  }

  // The wrong subject: a ticket that lost three points must not match by any rule.
  @Test func aDropLargerThanTheMarginDoesNot() throws {
    let found = try matching([-3, -3.1, -2.9])
    #expect(found.verdict == .notMatching)
    #expect(found.inference!.nonInferiority.pValue > 0.95)
    #expect(found.isWithinOneDeviation == false && !found.isWithinPublishedDrop)
  }

  @Test func scatterDecidesNothing() throws {
    #expect(try matching([-2, 0, 1]).verdict == .undecided)
  }

  @Test func thePublishedRulesKnowNoSamplingError() throws {
    // The dense replicates deviate by 0.2: one more hundredth crosses both rules.
    let near = try matching([-0.19, -0.19, -0.19])
    #expect(near.isWithinOneDeviation == true && near.isWithinPublishedDrop)
    let far = try matching([-0.21, -0.21, -0.21])
    #expect(far.isWithinOneDeviation == false && !far.isWithinPublishedDrop)
    #expect(far.verdict == .matching, "within our margin of half a point")
  }

  @Test func oneReplicateDecidesNothing() throws {
    let found = try Matching(
      sparse: [98], dense: [98], rule: DecisionRule(margin: 0.5, alpha: 0.05))
    #expect(found.verdict == .undecided && found.inference == nil)
    #expect(found.isWithinOneDeviation == nil && found.isWithinPublishedDrop)
  }
}
