import Statistics
import Testing

@Suite struct MatchingTests {
  private let dense = [98.0, 98.2, 98.4]

  private func matching(_ differences: [Double]) throws -> Matching {
    try Matching(sparse: zip(dense, differences).map { $0 + $1 }, dense: dense)
  }

  // The dense replicates deviate by 0.2: one more hundredth crosses both rules.
  @Test func bothRulesEndAtAFifthOfAPointHere() throws {
    let near = try matching([-0.19, -0.19, -0.19])
    #expect(abs(near.mean + 0.19) < 1e-12)
    #expect(near.isWithinOneDeviation == true && near.isWithinPublishedDrop)
    let far = try matching([-0.21, -0.21, -0.21])
    #expect(far.isWithinOneDeviation == false && !far.isWithinPublishedDrop)
  }

  @Test func gainsMatchAndLossesDoNot() throws {
    let gain = try matching([2, 2.1, 1.9])
    #expect(gain.isWithinOneDeviation == true && gain.isWithinPublishedDrop)
    let loss = try matching([-3, -3.1, -2.9])
    #expect(loss.isWithinOneDeviation == false && !loss.isWithinPublishedDrop)
  }

  // What the rules do not know: this mean is anywhere between −5 and 5.
  @Test func theyKnowNoSamplingError() throws {
    #expect(try matching([-2, 0, 2]).isWithinPublishedDrop)
  }

  @Test func oneReplicateHasNoDeviation() throws {
    let found = try Matching(sparse: [98], dense: [98])
    #expect(found.isWithinOneDeviation == nil && found.isWithinPublishedDrop)
  }
}
