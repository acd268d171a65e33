import Randomness
import Testing

@testable import Statistics

@Suite struct VerdictTests {
  private let rule: DecisionRule

  init() throws {
    rule = try DecisionRule(margin: 0.5, alpha: 0.05)
  }

  @Test func readsTheInterval() {
    func verdict(_ lower: Double, _ upper: Double) -> Verdict? {
      Verdict.decided(by: Interval(lower: lower, upper: upper), margin: 0.5)
    }
    #expect(verdict(-0.2, 0.3) == .maintained)
    // A difference shown to be small is maintained, even where it is shown not to be zero.
    #expect(verdict(0.1, 0.3) == .maintained)
    #expect(verdict(-0.3, -0.1) == .maintained)
    #expect(verdict(0.1, 0.5) == .raised)
    #expect(verdict(-0.5, -0.1) == .lowered)
    #expect(verdict(-2, -1) == .lowered)
    #expect(verdict(1, 2) == .raised)
    #expect(verdict(-0.5, 0.3) == nil)
    #expect(verdict(-0.7, 0) == nil)
    #expect(verdict(0, 0.7) == nil)
    #expect(verdict(-3, 3) == nil)
  }

  @Test func decidesSamples() throws {
    #expect(try Verdict(differences: [0.1, -0.1, 0.05, 0], rule: rule) == .maintained)
    #expect(try Verdict(differences: [-3, -3.2, -2.9, -3.1], rule: rule) == .lowered)
    #expect(try Verdict(differences: [3, 3.2, 2.9, 3.1], rule: rule) == .raised)
    let undecided = try Verdict(differences: [-1, 1.2, 0.4], rule: rule)
    let needed = try ReplicatesNeeded(observed: SampleSummary([-1, 1.2, 0.4]), rule: rule)
    #expect(undecided == .undecided(needed: needed))
  }

  @Test func equalDifferencesAreTheirOwnInterval() throws {
    #expect(try Verdict(differences: [0, 0], rule: rule) == .maintained)
    #expect(try Verdict(differences: [-0.4, -0.4], rule: rule) == .maintained)
    #expect(try Verdict(differences: [0.5, 0.5], rule: rule) == .raised)
    #expect(try Verdict(differences: [-0.5, -0.5], rule: rule) == .lowered)
  }

  @Test func fewerThanTwoReplicatesDecideNothing() throws {
    #expect(try Verdict(differences: [], rule: rule) == .undecided(needed: nil))
    #expect(try Verdict(differences: [0.1], rule: rule) == .undecided(needed: nil))
    #expect(throws: StatisticsError.self) { try Verdict(differences: [.nan], rule: rule) }
    #expect(throws: StatisticsError.self) { try Verdict(differences: [.nan, 1], rule: rule) }
  }

  private func verdicts(mean: Double, standardDeviation: Double) throws -> [Verdict?] {
    var stream = RandomStream(StreamPath(seed: 19) / "verdict" / "\(mean) ± \(standardDeviation)")
    return try (0..<4000).map { _ in
      let sample = (0..<5).map { _ in
        stream.normal(mean: mean, standardDeviation: standardDeviation)
      }
      return Verdict.decided(
        by: try SampleSummary(sample).meanInterval(level: rule.intervalLevel), margin: rule.margin)
    }
  }

  @Test func differencesOfTheMarginAreCalledMaintainedWithAChanceOfAlpha() throws {
    for mean in [0.5, -0.5] {
      let maintained = try verdicts(mean: mean, standardDeviation: 0.1).count { $0 == .maintained }
      #expect(isPlausible(maintained, of: 4000, probability: 0.05))
    }
  }

  @Test func aZeroDifferenceIsCalledLoweredOrRaisedWithAChanceOfAlphaEach() throws {
    // So noisy that an interval inside the margin is rare: the t-test's own rate is left.
    let noisy = try verdicts(mean: 0, standardDeviation: 50)
    #expect(isPlausible(noisy.count { $0 == .lowered }, of: 4000, probability: 0.05))
    #expect(isPlausible(noisy.count { $0 == .raised }, of: 4000, probability: 0.05))
    // Precise enough that intervals off zero lie inside the margin.
    let precise = try verdicts(mean: 0, standardDeviation: 0.05)
    #expect(precise.allSatisfy { $0 == .maintained })
  }

  @Test func largeDifferencesAreNeverTurnedRound() throws {
    #expect(try verdicts(mean: -3, standardDeviation: 0.3).allSatisfy { $0 == .lowered })
  }
}
