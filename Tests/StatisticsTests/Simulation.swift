import Foundation
import Testing

/// Simulations that take minutes, and the tables they print.
enum Simulation {
  /// How many trials each makes: `ESPALIER_SIMULATIONS`; `nil` where the long ones are not asked for.
  static let trials = ProcessInfo.processInfo.environment["ESPALIER_SIMULATIONS"].flatMap {
    Int($0)
  }

  /// What a skipped one says; below 2,000 trials chance alone fails some.
  static let hint: Comment =
    "set ESPALIER_SIMULATIONS to a number of trials, such as 10000, to run these"

  /// Prints rows as a table of markdown.
  static func printTable(_ title: String, columns: [String], rows: [[String]]) {
    let lines = [columns, columns.map { _ in "---" }] + rows
    let text = lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    print("\n\(title)\n\n\(text)\n")
  }

  /// A count of trials in percent, with one decimal.
  static func percent(_ count: Int, of trials: Int) -> String {
    String(format: "%.1f %%", 100 * Double(count) / Double(trials))
  }

  /// Whether a count is one that an event of at most this probability gives, up to four standard deviations.
  static func isPlausible(_ count: Int, of trials: Int, atMost probability: Double) -> Bool {
    Double(count) <= Double(trials) * probability
      || StatisticsTests.isPlausible(
        count, of: trials, probability: probability)
  }
}

@Suite struct SimulationTests {
  @Test func boundsFailOnOtherProbabilities() {
    #expect(Simulation.isPlausible(0, of: 1000, atMost: 0.05))
    #expect(Simulation.isPlausible(70, of: 1000, atMost: 0.05))
    #expect(!Simulation.isPlausible(80, of: 1000, atMost: 0.05))
  }
}
