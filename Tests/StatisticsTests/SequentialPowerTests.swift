import Foundation
import Randomness
import Statistics
import Testing

/// How much of what is true is shown, and with how many replicates, by several looks and by one.
@Suite struct SequentialPowerTests {
  private static let comparisons = 15
  private static let deviations = SimulatedSuite.ladder(from: 0.15, to: 0.6)

  /// Looks, and the densities of a chain of six that they show.
  private static let designs: [(looks: [Int], length: Double)] = [
    ([5, 8, 12, 20], 5.35), ([5, 8, 12], 3.9), ([5], 1.4), ([8], 3.1), ([12], 4.25), ([20], 5.7),
  ]

  private static func suite(
    _ mean: (_ comparison: Int, _ density: Int) -> Double
  ) -> SimulatedSuite {
    SimulatedSuite(
      replicates: 20, deviations: deviations,
      means: (0..<comparisons).map { comparison in
        deviations.indices.map { mean(comparison, $0) }
      })
  }

  /// Fifteen chains of six densities without any difference, spreading .15 to .6 around a margin of .5.
  private static let chains = suite { _, _ in 0 }

  /// Differences beyond the margin by four standard deviations from some density on, a different one for each
  /// comparison; the denser densities have none.
  private static let effects = suite { comparison, density in
    density < comparison % deviations.count
      ? 0 : -SimulatedSuite.margin - 4 * deviations[density]
  }

  private func counts(
    _ suite: SimulatedSuite, _ name: String, _ designs: [[Int]], trials: Int
  ) throws -> [SequentialCounts] {
    var stream = RandomStream(StreamPath(seed: 38) / name)
    return try SequentialCounts.simulate(
      try designs.map { SequentialCounts(suite, try Looks($0)) }, trials: trials, &stream)
  }

  /// Nearly what twenty replicates of everything show, for two thirds of them.
  @Test func severalLooksShowWhatManyReplicatesDoWithFewer() throws {
    let counts = try counts(Self.chains, "chains", [[5, 8, 12, 20], [8], [20]], trials: 15)
    let lengths = counts.map { $0.length(.equivalence) }
    #expect(abs(lengths[0] - 5.35) < 0.4)
    #expect(abs(lengths[1] - 3.1) < 0.4)
    #expect(abs(lengths[2] - 5.7) < 0.4)
    #expect(abs(counts[0].replicates - 13.8) < 1)
    #expect(counts[0].armReplicates > counts[0].replicates)
    // One look takes all its replicates.
    #expect(counts[2].replicates == 20 && counts[2].armReplicates == 20)
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func table() throws {
    let trials = try #require(Simulation.trials)
    for (name, suite) in [("chains", Self.chains), ("effects", Self.effects)] {
      let counts = try counts(suite, name, Self.designs.map(\.looks), trials: trials)
      if name == "chains" {
        for (found, design) in zip(counts, Self.designs) {
          #expect(abs(found.length(.equivalence) - design.length) < 0.15)
        }
        #expect(abs(counts[0].replicates - 13.8) < 0.3)
      } else {
        // Beside twenty replicates of everything.
        #expect(counts[0].length(.equivalence) > 0.98 * counts[5].length(.equivalence))
        #expect(counts[0].length(.beyondMargin) > 0.98 * counts[5].length(.beyondMargin))
        #expect(counts[0].armReplicates < 10)
      }
      let rows = counts.map { counts in
        [counts.looks.sizes.map(String.init).joined(separator: ", ")]
          + Claim.allCases.map { String(format: "%.2f", counts.length($0)) }
          + [counts.replicates, counts.armReplicates].map { String(format: "%.1f", $0) }
      }
      let means = suite.means.joined()
      let same = Double(means.count { $0 == 0 }) / Double(Self.comparisons)
      Simulation.printTable(
        "\(name): true claims shown of a comparison of six densities, sd .15 to .6 "
          + String(format: "(%.2f the same, %.2f beyond the margin by 4 sd), ", same, 6 - same)
          + "\(Self.comparisons) comparisons, \(trials) outcomes",
        columns: [
          "looks", "equivalence", "difference", "beyond the margin", "replicates of a comparison",
          "of an arm",
        ], rows: rows)
    }
  }
}
