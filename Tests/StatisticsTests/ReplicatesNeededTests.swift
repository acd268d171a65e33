import Testing

@testable import Statistics

/// A sample with a wanted mean and standard deviation.
private func sample(count: Int, mean: Double, standardDeviation: Double) throws -> SampleSummary {
  let shape = try SampleSummary((0..<count).map { Double($0 * $0) })
  return try SampleSummary(
    (0..<count).map {
      mean + (Double($0 * $0) - shape.mean) / shape.standardDeviation * standardDeviation
    })
}

@Suite struct ReplicatesNeededTests {
  @Test(arguments: try Reference.load().replicatesNeeded)
  func agreesWithALinearSearchOverSciPysPower(row: Reference.ReplicatesNeeded) throws {
    let needed = try ReplicatesNeeded(
      observed: sample(
        count: row.count, mean: row.mean, standardDeviation: row.standardDeviation),
      rule: DecisionRule(margin: row.margin, alpha: row.alpha))
    func counts(_ range: ReplicateRange?) -> [ReplicateCount]? {
      range.map { [$0.fewest, $0.expected, $0.most] }
    }
    #expect(counts(needed.equivalence) == row.equivalence?.map(ReplicateCount.exactly))
    #expect(counts(needed.difference) == row.difference?.map(ReplicateCount.exactly))
  }

  @Test func namesTheNearerClaim() throws {
    func needed(mean: Double) throws -> ReplicatesNeeded {
      try ReplicatesNeeded(
        observed: sample(count: 6, mean: mean, standardDeviation: 0.8),
        rule: DecisionRule(margin: 0.5, alpha: 0.05))
    }
    let small = try needed(mean: 0.05)
    #expect(small.nearerClaim == .equivalence)
    #expect(small.nearerRange == small.equivalence)
    let large = try needed(mean: -0.45)
    #expect(large.nearerClaim == .difference)
    #expect(large.nearerRange == large.difference)
    let outside = try needed(mean: 0.6)
    #expect(outside.equivalence == nil)
    #expect(outside.nearerClaim == .difference)
    let zero = try ReplicatesNeeded(
      observed: SampleSummary([-1, 1, 0]), rule: DecisionRule(margin: 0.5, alpha: 0.05))
    #expect(zero.difference == nil)
    #expect(zero.nearerClaim == .equivalence)
  }

  @Test func saysSoWhereTheNumberIsBeyondTheSearch() throws {
    let needed = try ReplicatesNeeded(
      observed: sample(count: 5, mean: 0.0001, standardDeviation: 1),
      rule: DecisionRule(margin: 0.5, alpha: 0.05))
    #expect(needed.difference?.expected == .moreThan(10_000))
    #expect(needed.difference?.description == "more than 10000")
    #expect(ReplicateCount.exactly(10_000) < .moreThan(10_000))
  }

  @Test func neverAsksForWhatWasAlreadyRun() throws {
    let needed = try ReplicatesNeeded(
      observed: sample(count: 30, mean: 0, standardDeviation: 0.1),
      rule: DecisionRule(margin: 0.5, alpha: 0.05))
    #expect(needed.equivalence?.description == "31")
  }

  @Test func rendersRanges() {
    let range = ReplicateRange(fewest: .exactly(6), expected: .exactly(9), most: .exactly(40))
    #expect(range.description == "6 to 40")
  }
}
