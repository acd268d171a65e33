import Foundation
import Randomness
import Statistics
import Testing

/// How much of what is true is shown.
@Suite struct ClaimPowerTests {
  private static let comparisons = 15

  /// Fifteen chains of six densities without any difference, spreading .15 to .6 around a margin of .5.
  private static func chains(_ replicates: Int) -> SimulatedSuite {
    let deviations = SimulatedSuite.ladder(from: 0.15, to: 0.6)
    return SimulatedSuite(
      replicates: replicates, deviations: deviations,
      means: Array(repeating: deviations.map { _ in 0 }, count: comparisons))
  }

  /// Effects of four standard deviations from some density on, a different one for each comparison: the denser
  /// densities have none.
  private static func effects(_ replicates: Int) -> SimulatedSuite {
    let deviations = SimulatedSuite.ladder(from: 0.06, to: 3)
    return SimulatedSuite(
      replicates: replicates, deviations: deviations,
      means: (0..<comparisons).map { comparison in
        deviations.enumerated().map { $0 < comparison % deviations.count ? 0 : -4 * $1 }
      })
  }

  private func counts(
    _ suite: SimulatedSuite, _ claim: Claim, order: Claim? = nil, trials: Int
  ) throws -> ClaimCounts {
    // The same outcomes for both orders.
    var stream = RandomStream(StreamPath(seed: 31) / "\(claim)" / "\(suite.replicates)")
    return try ClaimCounts(suite, claim, order: order, trials: trials, &stream)
  }

  /// Densities shown of a chain of six, on average.
  private func length(_ counts: ClaimCounts) -> Double {
    6 * Double(counts.shown) / Double(counts.showable)
  }

  private func share(_ counts: ClaimCounts) -> Double {
    Double(counts.shown) / Double(counts.showable)
  }

  @Test func moreRunsShowLongerChains() throws {
    let lengths = try [5, 8, 20].map {
      length(try counts(Self.chains($0), .equivalence, trials: 30))
    }
    #expect(abs(lengths[0] - 1.4) < 0.4)
    #expect(abs(lengths[1] - 3.1) < 0.4)
    #expect(abs(lengths[2] - 5.7) < 0.4)
  }

  @Test func holmFindsMoreDifferencesThanGoingFromTheDensestOn() throws {
    let suite = Self.effects(8)
    let holm = try counts(suite, .difference, trials: 30)
    let densestFirst = try counts(suite, .difference, order: .equivalence, trials: 30)
    #expect(share(holm) > 2 * share(densestFirst))
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func table() throws {
    let trials = try #require(Simulation.trials)
    var rows: [[String]] = []
    for (replicates, expected) in [(5, 1.4), (8, 3.1), (20, 5.7)] {
      let found = length(try counts(Self.chains(replicates), .equivalence, trials: trials))
      #expect(abs(found - expected) < 0.15)
      rows.append([
        "equivalence", "true chains of six, sd .15 to .6", "\(replicates)",
        String(format: "%.2f of 6 densities", found),
      ])
    }
    for replicates in [5, 8] {
      let suite = Self.effects(replicates)
      for order in [Claim.difference, .equivalence] {
        let found = try counts(suite, .difference, order: order, trials: trials)
        rows.append([
          "difference, " + (order == .difference ? "Holm" : "densest first"),
          "effects of 4 sd from some density on", "\(replicates)",
          Simulation.percent(found.shown, of: found.showable) + " of effects",
        ])
      }
    }
    Simulation.printTable(
      "What is shown of what is true, \(Self.comparisons) comparisons",
      columns: ["claim", "truth", "runs", "shown"], rows: rows)
  }
}
