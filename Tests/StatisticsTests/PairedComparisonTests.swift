import Randomness
import Statistics
import Testing

@Suite struct PairedComparisonTests {
  private let path = StreamPath(seed: 20) / "paired comparison"

  private func comparison(
    _ treated: [Double], _ control: [Double], margin: Double = 0.5, alpha: Double = 0.05
  ) throws -> PairedComparison {
    var stream = RandomStream(path)
    return try PairedComparison(
      treated: treated, control: control, rule: DecisionRule(margin: margin, alpha: alpha),
      resamples: 300, stream: &stream)
  }

  @Test(arguments: try Reference.load().paired)
  func gathersWhatItsPartsSay(row: Reference.Paired) throws {
    let result = try comparison(row.treated, row.control, margin: row.margin, alpha: row.alpha)
    let inference = try #require(result.inference)
    #expect(agree(result.mean, row.mean))
    #expect(agree(inference.interval.lower, row.lower))
    #expect(agree(inference.interval.upper, row.upper))
    #expect(agree(inference.equivalenceTest.pValue, row.equivalencePValue))
    #expect(agree(inference.tTest.pValue, row.tPValue))
    #expect(agree(try #require(inference.hedgesG), row.hedgesG))
    #expect(
      inference.signedRankTest == (try SignedRankTest(differences: result.differences)))
    #expect(result.verdict == (try Verdict(differences: result.differences, rule: result.rule)))
    #expect((result.verdict == .maintained) == (inference.equivalenceTest.pValue < row.alpha))
  }

  @Test func bootstrapsFromEightReplicatesOn() throws {
    let control = (0..<8).map { 90 + Double($0 % 3) }
    let treated = (0..<8).map { 90 + Double($0 % 5) }
    let eight = try comparison(treated, control)
    let interval = try #require(eight.inference?.bootstrapInterval)
    #expect(interval.contains(eight.mean))
    let seven = try comparison(treated.dropLast(), control.dropLast())
    #expect(seven.inference?.bootstrapInterval == nil)
    #expect(seven.inference?.interval != nil)
  }

  @Test func oneReplicateHasAMeanAndNothingElse() throws {
    let result = try comparison([90], [91])
    #expect(result.mean == -1)
    #expect(result.inference == nil)
    #expect(result.verdict == .undecided(needed: nil))
  }

  @Test func refusesArmsThatAreNotPairs() {
    #expect(throws: StatisticsError.armsDiffer(treated: 1, control: 2)) {
      try comparison([1], [1, 2])
    }
    #expect(throws: StatisticsError.self) { try comparison([], []) }
    #expect(throws: StatisticsError.self) { try comparison([.nan], [1]) }
    #expect(throws: StatisticsError.self) { try comparison([1], [.infinity]) }
  }

  @Test func roundingNoiseOfTheSubtractionIsNoDifference() throws {
    let treated = [97.53, 97.64, 10.43, 96.3]
    let control = [97.41, 97.52, 10.31, 96.42]
    let raw = zip(treated, control).map { $0 - $1 }
    #expect(Set(raw.map(abs)).count > 1)
    let differences = try pairedDifferences(treated: treated, control: control)
    #expect(Set(differences.map(abs)).count == 1)
    #expect(differences.map { $0 > 0 } == [true, true, true, false])
    #expect(differences.allSatisfy { abs(abs($0) - 0.12) < 1e-12 })

    // 0.1 + 0.2 is not 0.3 in binary; as an accuracy it is.
    let zero = try pairedDifferences(treated: [0.1 + 0.2, 90], control: [0.3, 90])
    #expect(zero == [0, 0])
    #expect(zero.allSatisfy { $0.sign == .plus })
    let shift = try comparison([97.53, 97.64, 10.43], [97.41, 97.52, 10.31])
    #expect(shift.inference?.tTest.statistic == nil)
    #expect(shift.verdict == .maintained)
  }

  @Test func differencesOfOneImageInAMillionStay() throws {
    let differences = try pairedDifferences(
      treated: [97.0001, 97, 97.0002], control: [97, 97.0001, 97])
    #expect(differences[0] == -differences[1])
    #expect(abs(differences[0] - 0.0001) < 1e-12)
    #expect(abs(differences[2] - 0.0002) < 1e-12)
  }
}
