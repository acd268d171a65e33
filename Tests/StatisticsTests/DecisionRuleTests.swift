import Statistics
import Testing

@Suite struct DecisionRuleTests {
  @Test func fixesTheLevelOfTheInterval() throws {
    let rule = try DecisionRule(margin: 0.5, alpha: 0.05)
    #expect(rule.intervalLevel == 0.9)
  }

  @Test(arguments: [(0, 0.05), (-1, 0.05), (.infinity, 0.05), (.nan, 0.05)])
  func refusesOtherMargins(margin: Double, alpha: Double) {
    #expect(throws: StatisticsError.self) { try DecisionRule(margin: margin, alpha: alpha) }
  }

  @Test(arguments: [0, 0.5, -0.1, .nan])
  func refusesOtherRisks(alpha: Double) {
    #expect(throws: StatisticsError.self) { try DecisionRule(margin: 1, alpha: alpha) }
  }
}
