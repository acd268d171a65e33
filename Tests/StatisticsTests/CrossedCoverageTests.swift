import Foundation
import Randomness
import Statistics
import Testing

/// How often the crossed interval holds the mean over new replicates and new test examples.
@Suite struct CrossedCoverageTests {
  private static let level = 0.9

  /// Two arms alike in law, so that the true mean difference is 0: a run is right on an example where the example's
  /// ease, the arm's own turn of the example, the run's quality and a last chance sum to above 0.
  private struct Population {
    let replicates: Int
    let examples: Int
    /// The spread of runs.
    let byReplicate: Double
    /// The spread of what an arm makes of an example, in all its runs.
    let byExample: Double

    func draw(_ stream: inout RandomStream) throws -> (
      crossed: CrossedComparison, alone: SampleSummary
    ) {
      let ease = (0..<examples).map { _ in 1.5 + 1.5 * stream.normal() }
      let turns = (0..<2).map { _ in (0..<examples).map { _ in byExample * stream.normal() } }
      var sums = CrossedSums(exampleCount: examples)
      for _ in 0..<replicates {
        let arms = (0..<2).map { arm in
          let quality = byReplicate * stream.normal()
          return Answers(
            (0..<examples).map { ease[$0] + turns[arm][$0] + quality + stream.normal() > 0 })
        }
        try sums.add(treated: arms[0], control: arms[1])
      }
      return (
        try CrossedComparison(sums),
        try SampleSummary(sums.replicates.map { 100 * Double($0) / Double(examples) })
      )
    }
  }

  private struct Counts {
    var crossed = 0
    var replicatesAlone = 0
    var withoutExamples = 0
  }

  private func counts(_ population: Population, trials: Int) throws -> Counts {
    var stream = RandomStream(
      StreamPath(seed: 32) / "\(population.replicates) of \(population.examples)"
        / "\(population.byReplicate)" / "\(population.byExample)")
    var counts = Counts()
    for _ in 0..<trials {
      let found = try population.draw(&stream)
      counts.crossed += try found.crossed.interval(level: Self.level).contains(0) ? 1 : 0
      counts.replicatesAlone += try found.alone.meanInterval(level: Self.level).contains(0) ? 1 : 0
      counts.withoutExamples += found.crossed.countsExamples ? 0 : 1
    }
    return counts
  }

  @Test func holdsWhereReplicatesAloneDoNot() throws {
    let population = Population(replicates: 5, examples: 200, byReplicate: 0.02, byExample: 1)
    let found = try counts(population, trials: 120)
    #expect(isPlausible(found.crossed, of: 120, probability: Self.level))
    #expect(!isPlausible(found.replicatesAlone, of: 120, probability: Self.level))
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func table() throws {
    let trials = try #require(Simulation.trials)
    var rows: [[String]] = []
    for (replicates, examples) in [(5, 360), (8, 360), (5, 2000), (8, 2000)] {
      for (byReplicate, byExample) in [(0.0, 0.0), (0.1, 0), (0.1, 0.3), (0.02, 1), (0.3, 1)] {
        let population = Population(
          replicates: replicates, examples: examples, byReplicate: byReplicate,
          byExample: byExample)
        let found = try counts(population, trials: trials)
        #expect(
          Simulation.isPlausible(trials - found.crossed, of: trials, atMost: 1 - Self.level + 0.02))
        rows.append([
          "\(replicates)", "\(examples)", "\(byReplicate)", "\(byExample)",
          Simulation.percent(found.crossed, of: trials),
          Simulation.percent(found.replicatesAlone, of: trials),
          Simulation.percent(found.withoutExamples, of: trials),
        ])
      }
    }
    Simulation.printTable(
      "Coverage of intervals of 90 % over new runs and new examples, \(trials) draws each",
      columns: [
        "runs", "examples", "sd of runs", "sd of examples", "crossed", "replicates alone",
        "MS_I < MS_E",
      ], rows: rows)
  }
}
