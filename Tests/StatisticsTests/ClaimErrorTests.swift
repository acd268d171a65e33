import Randomness
import Statistics
import Testing

/// How often some claim in bold is false, where every claim is tested on the edge of being true.
@Suite struct ClaimErrorTests {
  private static let alpha = 0.05
  private static let densities = 6

  private struct Scenario {
    let name: String
    let claim: Claim
    let suite: SimulatedSuite
    /// Whether the error comes near to α, so that a bound that were too wide would be seen.
    var isSharp = false
  }

  /// As wide as a real suite's differences: next to nothing at dense, three points at sparse densities.
  private static let wide = SimulatedSuite.ladder(from: 0.06, to: 3)

  /// So precise that true claims are shown and their α moves on.
  private static let precise = SimulatedSuite.ladder(from: 0.02, to: 0.06)

  private static func means(
    _ comparisons: Int, _ mean: (_ comparison: Int, _ density: Int) -> Double
  ) -> [[Double]] {
    (0..<comparisons).map { comparison in (0..<densities).map { mean(comparison, $0) } }
  }

  /// Differences of exactly the margin are the nearest to true that a false claim of sameness can be.
  private static func equivalences(_ comparisons: Int, _ replicates: Int) -> [Scenario] {
    let margin = SimulatedSuite.margin
    let edge = means(comparisons) { comparison, _ in comparison % 2 == 0 ? margin : -margin }
    func suite(_ deviations: [Double], _ means: [[Double]]) -> SimulatedSuite {
      SimulatedSuite(replicates: replicates, deviations: deviations, means: means)
    }
    var collapsing = suite(wide, edge)
    collapsing.collapse = (0.1, 0.05)
    return [
      Scenario(
        name: "every mean at the margin", claim: .equivalence, suite: suite(wide, edge),
        isSharp: true),
      Scenario(
        name: "the same, 10 % of ablated and 5 % of unablated runs collapse", claim: .equivalence,
        suite: collapsing),
      Scenario(
        name: "chains true down to a density, then at the margin", claim: .equivalence,
        suite: suite(precise, means(comparisons) { $1 < $0 % densities ? 0 : margin }),
        isSharp: true),
      Scenario(
        name: "all true but for one comparison at the margin", claim: .equivalence,
        suite: suite(precise, means(comparisons) { comparison, _ in comparison == 0 ? margin : 0 }),
        isSharp: true),
    ]
  }

  private static func differences(_ comparisons: Int, _ replicates: Int) -> [Scenario] {
    func suite(_ mean: (_ comparison: Int, _ density: Int) -> Double) -> SimulatedSuite {
      SimulatedSuite(
        replicates: replicates, deviations: wide, means: means(comparisons, mean))
    }
    var collapsing = suite { _, _ in 0 }
    collapsing.collapse = (0.1, 0.1)
    return [
      Scenario(
        name: "no difference", claim: .difference, suite: suite { _, _ in 0 }, isSharp: true),
      Scenario(
        name: "the same, 10 % of runs of both arms collapse", claim: .difference,
        suite: collapsing),
      Scenario(
        name: "lowered by 30 sd at the two sparsest densities", claim: .difference,
        suite: suite { $1 < 4 ? 0 : -30 * wide[$1] }, isSharp: true),
      Scenario(
        name: "all but one comparison lowered by 30 sd everywhere", claim: .difference,
        suite: suite { $0 == 0 ? 0 : -30 * wide[$1] }, isSharp: true),
    ]
  }

  private func counts(_ scenario: Scenario, trials: Int) throws -> ClaimCounts {
    var stream = RandomStream(
      StreamPath(seed: 29) / scenario.name / "\(scenario.suite.means.count)"
        / "\(scenario.suite.replicates)")
    return try ClaimCounts(
      scenario.suite, scenario.claim, alpha: Self.alpha, trials: trials, &stream)
  }

  private func check(_ scenario: Scenario, _ counts: ClaimCounts) {
    #expect(
      Simulation.isPlausible(counts.errors, of: counts.trials, atMost: Self.alpha),
      "\(scenario.name)")
  }

  @Test func staysBelowAlpha() throws {
    var sharp = (errors: 0, trials: 0)
    for scenario in Self.equivalences(15, 5) + Self.differences(15, 5) {
      let counts = try counts(scenario, trials: 40)
      check(scenario, counts)
      if scenario.isSharp {
        sharp = (sharp.errors + counts.errors, sharp.trials + counts.trials)
      }
    }
    // A procedure that shows nothing would never err.
    #expect(!Simulation.isPlausible(sharp.errors, of: sharp.trials, atMost: Self.alpha / 10))
  }

  /// The wrong subject: cell by cell at α, most suites have a false claim.
  @Test func cellByCellMostSuitesErr() throws {
    for scenario in [Self.equivalences(15, 5)[0], Self.differences(15, 5)[0]] {
      let counts = try counts(scenario, trials: 30)
      #expect(!Simulation.isPlausible(counts.unadjustedErrors, of: 30, atMost: 0.5))
    }
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func table() throws {
    let trials = try #require(Simulation.trials)
    var rows: [[String]] = []
    for (comparisons, replicates) in [(15, 5), (15, 8), (24, 5), (24, 8)] {
      let scenarios =
        Self.equivalences(comparisons, replicates) + Self.differences(comparisons, replicates)
      for scenario in scenarios {
        let counts = try counts(scenario, trials: trials)
        check(scenario, counts)
        #expect(
          !scenario.isSharp
            || !Simulation.isPlausible(counts.errors, of: trials, atMost: Self.alpha / 2),
          "\(scenario.name)")
        rows.append([
          "\(scenario.claim)", scenario.name, "\(comparisons)", "\(replicates)",
          Simulation.percent(counts.errors, of: trials),
          Simulation.percent(counts.unadjustedErrors, of: trials),
        ])
      }
    }
    Simulation.printTable(
      "Suites with a false claim in \(trials) outcomes each; nominal: at most 5 %",
      columns: ["claim", "truth", "comparisons", "runs", "errors", "cell by cell"], rows: rows)
  }
}
