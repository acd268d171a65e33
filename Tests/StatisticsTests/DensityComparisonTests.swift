import Statistics
import Testing

@Suite struct DensityComparisonTests {
  private func comparison(
    _ treated: [Double], _ control: [Double], margin: Double = 0.5, alpha: Double = 0.05,
    floor: Double = 0
  ) throws -> DensityComparison {
    try DensityComparison(
      treated: treated, control: control, rule: DecisionRule(margin: margin, alpha: alpha),
      floor: floor)
  }

  @Test(arguments: try Reference.load().paired)
  func gathersWhatItsPartsSay(row: Reference.Paired) throws {
    let result = try comparison(row.treated, row.control, margin: row.margin, alpha: row.alpha)
    #expect(agree(result.summary.mean, row.mean))
    #expect(agree(result.interval.lower, row.lower) && agree(result.interval.upper, row.upper))
    #expect(agree(result.pValue(toShow: .equivalence), row.equivalencePValue))
    #expect(agree(result.pValue(toShow: .equivalence, .noWorse), row.nonInferiorityPValue))
    for sameness in Sameness.allCases {
      #expect(agree(result.pValue(toShow: .difference, sameness), row.tPValue))
    }
    #expect(result.signTest == (try SignTest(differences: result.differences)))
    #expect(result.skewness == (try Skewness(of: result.differences)))
    #expect(!result.isFloored)
  }

  /// On 10,000 images five differences of exactly −0.02 points: the spread is floored at one image.
  @Test func equalDifferencesAreNoCertainty() throws {
    let control = [97.1, 97.25, 96.9, 97.0, 97.02]
    let result = try comparison(control.map { $0 - 0.02 }, control, floor: 0.01)
    #expect(result.isFloored && result.summary.standardDeviation == 0.01)
    #expect(result.skewness == nil)
    // t = 2 √5 and 48 √5 on 4 degrees of freedom.
    #expect(agree(try #require(result.tTest.statistic), -2 * 5.0.squareRoot(), tolerance: 1e-6))
    #expect(result.pValue(toShow: .difference) > 0.01)
    #expect(result.pValue(toShow: .equivalence) > 0)
    #expect(result.interval.lower < -0.02 && result.interval.upper > -0.02)
    let bare = try comparison(control.map { $0 - 0.02 }, control)
    #expect(!bare.isFloored)
    #expect(bare.pValue(toShow: .difference) == 0 && bare.pValue(toShow: .equivalence) == 0)
  }

  @Test func refusesWhatShowsNothing() {
    #expect(throws: StatisticsError.self) { try comparison([1], [2]) }
    #expect(throws: StatisticsError.armsDiffer(treated: 1, control: 2)) {
      try comparison([1], [1, 2])
    }
    #expect(throws: StatisticsError.self) { try comparison([1, .nan], [1, 2]) }
  }
}
