import Randomness
import Statistics
import Testing

/// How often some claim is false of a suite that is looked at several times, each truth on the edge of the claim.
@Suite struct SequentialErrorTests {
  private static let looks = [5, 8, 12, 20]
  private static let alpha = 0.05

  private struct Scenario {
    let name: String
    let suite: SimulatedSuite
    /// The kinds of claim that may be false here.
    let claims: [Claim]
  }

  private static func scenario(
    _ name: String, _ deviations: [Double], comparisons: Int, _ claims: [Claim],
    _ mean: (_ comparison: Int, _ density: Int) -> Double
  ) -> Scenario {
    let means = (0..<comparisons).map { comparison in
      deviations.indices.map { mean(comparison, $0) }
    }
    return Scenario(
      name: name,
      suite: SimulatedSuite(replicates: 20, deviations: deviations, means: means),
      claims: claims)
  }

  private static let wide = SimulatedSuite.ladder(from: 0.15, to: 3)

  /// So precise that what is true is shown and its α moves on.
  private static let precise = SimulatedSuite.ladder(from: 0.02, to: 0.06)

  /// One comparison of one density.
  private static func alone(_ deviation: Double) -> [Scenario] {
    let name = String(format: "one density, sd %.2f, ", deviation)
    return [
      scenario(name + "no difference", [deviation], comparisons: 1, [.difference]) { _, _ in 0 },
      scenario(
        name + "at the margin", [deviation], comparisons: 1, [.equivalence, .beyondMargin]
      ) { _, _ in SimulatedSuite.margin },
    ]
  }

  /// Six densities from sd .15 to 3.
  private static func ladders(_ comparisons: Int) -> [Scenario] {
    let margin = SimulatedSuite.margin
    return [
      scenario("sd .15 to 3, no difference", wide, comparisons: comparisons, [.difference]) {
        _, _ in 0
      },
      scenario(
        "sd .15 to 3, all at the margin", wide, comparisons: comparisons,
        [.equivalence, .beyondMargin]
      ) { comparison, _ in comparison % 2 == 0 ? margin : -margin },
      scenario(
        "sd .15 to 3, zero, the margin and far by turns", wide, comparisons: comparisons,
        Claim.allCases
      ) { comparison, density in
        [0, margin, -margin - 30 * wide[density]][(comparison + density) % 3]
      },
    ]
  }

  /// All is decided but for one comparison, to which all of α comes.
  private static func allButOne(_ comparisons: Int) -> [Scenario] {
    let margin = SimulatedSuite.margin
    return [
      scenario(
        "sd .02 to .06, the same but for one at the margin", precise, comparisons: comparisons,
        [.equivalence]
      ) { comparison, _ in comparison == 0 ? margin : 0 },
      scenario(
        "sd .02 to .06, far but for one at the margin", precise, comparisons: comparisons,
        [.beyondMargin]
      ) { comparison, _ in comparison == 0 ? margin : 3 },
      scenario(
        "sd .02 to .06, far but for one at zero", precise, comparisons: comparisons,
        [.difference]
      ) { comparison, _ in comparison == 0 ? 0 : 3 },
    ]
  }

  private static func collapsing(_ comparisons: Int) -> Scenario {
    let whole = ladders(comparisons)[1]
    var suite = whole.suite
    suite.collapse = (0.1, 0.05)
    return Scenario(
      name: whole.name + ", 10 % of ablated and 5 % of unablated runs collapse", suite: suite,
      claims: [.equivalence])
  }

  private func untilDecided(_ suite: SimulatedSuite) throws -> SequentialCounts {
    SequentialCounts(suite, try Looks(Self.looks))
  }

  /// Beside looks as shipped: naive ones, and one look.
  private func threeWays(_ suite: SimulatedSuite) throws -> [SequentialCounts] {
    [
      try untilDecided(suite), SequentialCounts(suite, try Looks(Self.looks), .allAtEachLook),
      SequentialCounts(suite, try Looks([5])),
    ]
  }

  private func counts(
    _ scenario: Scenario, _ designs: [SequentialCounts], trials: Int
  ) throws -> [SequentialCounts] {
    var stream = RandomStream(
      StreamPath(seed: 37) / scenario.name / "\(scenario.suite.means.count)")
    return try SequentialCounts.simulate(designs, trials: trials, &stream)
  }

  private func check(_ scenario: Scenario, _ counts: SequentialCounts) {
    for claim in scenario.claims {
      #expect(
        Simulation.isPlausible(counts.errors(claim), of: counts.trials, atMost: Self.alpha),
        "\(claim), \(scenario.name), \(scenario.suite.means.count) comparisons")
    }
  }

  @Test func staysBelowAlpha() throws {
    var all = (errors: 0, trials: 0)
    for scenario in Self.ladders(1) + Self.ladders(15) + Self.allButOne(15) {
      let counts = try counts(scenario, [untilDecided(scenario.suite)], trials: 8)[0]
      check(scenario, counts)
      for claim in scenario.claims {
        all = (all.errors + counts.errors(claim), all.trials + counts.trials)
      }
    }
    #expect(Simulation.isPlausible(all.errors, of: all.trials, atMost: Self.alpha))
  }

  /// The wrong subject: all of α at each look errs more often. A procedure that shows nothing would never err.
  @Test func allOfAlphaAtEachLookErrs() throws {
    let trials = 500
    for scenario in Self.alone(0.5) {
      let counts = try counts(scenario, threeWays(scenario.suite), trials: trials)
      check(scenario, counts[0])
      for claim in scenario.claims {
        let found = counts.map { $0.errors(claim) }
        #expect(!Simulation.isPlausible(found[0], of: trials, atMost: Self.alpha / 20))
        #expect(found[1] > found[2] && found[2] > 0)
        #expect(
          claim != .difference
            || !Simulation.isPlausible(found[1], of: trials, atMost: Self.alpha))
      }
    }
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func table() throws {
    let trials = try #require(Simulation.trials)
    let scenarios =
      Self.wide.flatMap(Self.alone) + Self.ladders(1) + Self.ladders(15) + Self.allButOne(15)
      + [Self.collapsing(15)]
    var rows: [[String]] = []
    for scenario in scenarios {
      let counts = try counts(scenario, threeWays(scenario.suite), trials: trials)
      check(scenario, counts[0])
      for claim in scenario.claims {
        rows.append(
          ["\(claim)", scenario.name, "\(scenario.suite.means.count)"]
            + counts.map { Simulation.percent($0.errors(claim), of: trials) })
      }
    }
    Simulation.printTable(
      "Suites with a false claim in \(trials) outcomes each, looks after 5, 8, 12 and 20; nominal: at most 5 %",
      columns: [
        "claim", "truth", "comparisons", "until decided", "all of α at each look",
        "one look at 5",
      ],
      rows: rows)
  }
}
