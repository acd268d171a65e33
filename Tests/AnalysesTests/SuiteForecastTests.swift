import Recipes
import Statistics
import Testing

@testable import Analyses
@testable import Suites

/// What a design is expected to show before it runs.
@Suite struct SuiteForecastTests {
  private func claims(_ text: String) throws -> PlannedClaims {
    let planned = try Planned(AblationDesign.self, text)
    let records = Records(results: [:])
    return try #require(
      try planned.design.plannedClaims(
        [], Terms(planned.design, planned.suite, planned.plan, records)))
  }

  private func lines(_ claims: PlannedClaims, _ looks: [Int], _ deviation: Double?) throws
    -> [String]
  {
    try SuiteForecast(claims, try Looks(looks), deviation: deviation, seed: 1)?.lines ?? []
  }

  private static let suite = yaml(
    methods: "{random: random, snip: snip}",
    more: "ablations: [shuffle, reinitialize]\nstatistics: {margin: 1}")

  @Test func comparisonsAreThoseOfTheReport() throws {
    let claims = try claims(Self.suite)
    #expect(
      claims.comparisons.map(\.name) == [
        "random · reinitialize", "snip against random", "snip · shuffle", "snip · reinitialize",
      ])
    #expect(claims.comparisons.allSatisfy { $0.densities.count == 2 && $0.weight == 1 })
    #expect(claims.comparisons[1].arms == ["snip · none", "random · none"])
    #expect(claims.comparisons[2].arms == ["snip · shuffle", "snip · none"])
  }

  @Test func littleSpreadIsShownAtOnceAndMuchNever() throws {
    let claims = try claims(Self.suite)
    let little = try lines(claims, [5, 8], 0.05)
    #expect(
      little == [
        "by simulation, where nothing differs and differences spread by 0.05 points: sameness within 1 point is "
          + "shown at 8 densities of comparisons like this: 100 % by 5 replicates, 100 % by 8 replicates",
        "an arm then takes 5.0 of up to 8 replicates on average",
      ])
    let much = try lines(claims, [5, 8], 20)
    #expect(much[0].hasSuffix("0 % by 5 replicates, 0 % by 8 replicates"))
    #expect(much[1] == "an arm then takes 8.0 of up to 8 replicates on average")
    #expect(
      much[2].hasPrefix("hardly to be shown the same by 8 replicates: random · reinitialize at "))
    #expect(try lines(claims, [8], 0.05).count == 1, "one look takes what it takes")
  }

  @Test func withoutRunsAndWithoutAStatementNothingIsForecast() throws {
    #expect(try lines(try claims(Self.suite), [5], nil).isEmpty)
  }

  @Test func runsTellTheirSpreadDensityByDensity() throws {
    var claims = try claims(Self.suite)
    claims = PlannedClaims(
      claims.comparisons.enumerated().map { index, comparison in
        PlannedClaims.Comparison(
          name: comparison.name, family: comparison.family, weight: 1, arms: comparison.arms,
          densities: comparison.densities,
          deviations: index == 0
            ? [:] : [comparison.densities[0]: 0.05, comparison.densities[1]: 30])
      }, claims.rule, claims.metric)
    let lines = try lines(claims, [5, 8], nil)
    #expect(lines[0].contains("differences spread as the runs do that are there"))
    #expect(
      lines[0].contains("shown at 6 densities of comparisons like this: 50 % by 5 replicates"))
    #expect(lines[2] == "left out: 2 densities without two runs of both arms")
    #expect(
      lines[3].hasPrefix(
        "hardly to be shown the same by 8 replicates: snip against random at 10 % (spread 30), snip · shuffle at 10 % "
          + "(spread 30), snip · reinitialize at 10 % (spread 30), and what is sparser; what is left out"
      ))
  }

  @Test func familiesShareNothing() throws {
    let own = try claims(Self.suite.replacing("margin: 1", with: "margin: 1, family: ablation"))
    #expect(Set(own.comparisons.map(\.family)) == ["none", "shuffle", "reinitialize"])
    let alone = try lines(own, [5], 0.6)
    let together = try lines(try claims(Self.suite), [5], 0.6)
    func percent(_ line: String) throws -> Int {
      let match = try #require(line.firstMatch(of: /(\d+) % by 5/))
      return try #require(Int(match.1))
    }
    #expect(try percent(alone[0]) > percent(together[0]))
  }
}
