import Randomness
import Statistics
import Testing

/// What the bound on false claims does not hold for, so that no sentence says that it does.
@Suite struct ClaimLimitsTests {
  private static let comparisons = 15
  private static let densities = SimulatedSuite.ladder(from: 0.06, to: 3)

  private static func suite(replicates: Int, mean: Double) -> SimulatedSuite {
    SimulatedSuite(
      replicates: replicates, deviations: densities,
      means: Array(
        repeating: Array(repeating: mean, count: densities.count), count: comparisons))
  }

  /// One ablated run in a hundred loses 60 points, the others nothing: over all runs the mean difference is −0.6,
  /// beyond the margin, and most suites do not see it. A claim of sameness is one about runs that do not collapse.
  private static func rareCollapse(replicates: Int) -> SimulatedSuite {
    var suite = suite(replicates: replicates, mean: 0)
    suite.collapse.treated = 0.01
    return suite
  }

  /// Ablated runs with a long tail downwards, compared with unablated ones that hardly scatter.
  private static func skewed(replicates: Int, mean: Double) -> SimulatedSuite {
    var suite = suite(replicates: replicates, mean: mean)
    suite.controlShare = 0
    suite.isSkewed = true
    return suite
  }

  private func someSameness(_ replicates: Int, trials: Int) throws -> Int {
    var stream = RandomStream(StreamPath(seed: 30) / "rare collapse" / "\(replicates)")
    let suite = Self.rareCollapse(replicates: replicates)
    return try (0..<trials).count { _ in
      let procedure = try ClaimProcedure(
        suite.draw(.equivalence, &stream), showing: .equivalence, alpha: 0.05)
      return suite.means.indices.contains { !procedure.shown($0).isEmpty }
    }
  }

  /// The mean lies at zero, or at the margin: on the side to which runs err that miss the tail.
  private func errorsOfSkewed(_ claim: Claim, _ replicates: Int, trials: Int) throws -> Int {
    var stream = RandomStream(StreamPath(seed: 30) / "skewed" / "\(claim)" / "\(replicates)")
    let mean =
      switch claim {
      case .equivalence: -SimulatedSuite.margin
      case .difference: 0.0
      case .beyondMargin: SimulatedSuite.margin
      }
    return try ClaimCounts(
      Self.skewed(replicates: replicates, mean: mean), claim, trials: trials, &stream
    ).errors
  }

  private static func truth(_ claim: Claim) -> String {
    switch claim {
    case .equivalence: "means at −margin"
    case .difference: "none true"
    case .beyondMargin: "means at +margin"
    }
  }

  @Test func rareCollapsesAreBoundedAndNotTestedAway() throws {
    #expect(try someSameness(8, trials: 40) > 35)
    let bound = try FailureRate(failures: 0, runs: 8).interval(level: 0.95)
    #expect(bound.contains(0.01))
  }

  @Test(arguments: Claim.allCases)
  func skewedDifferencesErrMoreOften(claim: Claim) throws {
    let errors = try errorsOfSkewed(claim, 5, trials: 60)
    #expect(!Simulation.isPlausible(errors, of: 60, atMost: 0.05))
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func table() throws {
    let trials = try #require(Simulation.trials)
    var rows: [[String]] = []
    for replicates in [5, 8] {
      rows.append([
        "equivalence, read as of all runs: 1 % of ablated runs lose 60 points", "\(replicates)",
        Simulation.percent(try someSameness(replicates, trials: trials), of: trials),
      ])
      for claim in Claim.allCases {
        let errors = try errorsOfSkewed(claim, replicates, trials: trials)
        #expect(!Simulation.isPlausible(errors, of: trials, atMost: 0.05))
        rows.append([
          "\(claim), \(Self.truth(claim)): exponential ablated runs, tail downwards",
          "\(replicates)",
          Simulation.percent(errors, of: trials),
        ])
      }
    }
    Simulation.printTable(
      "Beyond the bound: suites of \(Self.comparisons) comparisons with a false claim",
      columns: ["claim and truth", "runs", "errors"], rows: rows)
  }
}
