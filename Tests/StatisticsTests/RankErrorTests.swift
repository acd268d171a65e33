import Randomness
import Statistics
import Testing

/// How often rank tests and analyses of variance find what is not there, at α = 0.05.
@Suite struct RankErrorTests {
  private static let alpha = 0.05

  private struct Scenario {
    let test: String
    let law: String
    /// The most that the test promises; approximations are held to what is said of them.
    var promised = alpha
    let pValue: (inout RandomStream) throws -> Double?
  }

  private static func normal(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    (0..<count).map { _ in stream.normal() }
  }

  /// Whole numbers from 0 to 3, so that most are tied.
  private static func tied(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    (0..<count).map { _ in Double(stream.integer(below: 4)) }
  }

  private static var correlations: [Scenario] {
    let exact = [6, 7].flatMap { count in
      [
        Scenario(test: "Spearman, exact", law: "\(count) normal") {
          try SpearmanCorrelation(x: normal(count, &$0), y: normal(count, &$0)).pValue
        },
        Scenario(test: "Spearman, exact", law: "\(count) of four values") {
          try SpearmanCorrelation(x: tied(count, &$0), y: tied(count, &$0)).pValue
        },
      ]
    }
    let others = [11, 30].map { count in
      Scenario(test: "Spearman, t", law: "\(count) normal", promised: 0.055) {
        try SpearmanCorrelation(x: normal(count, &$0), y: normal(count, &$0)).pValue
      }
    }
    let kendall = [7, 20, 40].map { count in
      Scenario(test: "Kendall", law: "\(count) normal") {
        try KendallCorrelation(x: normal(count, &$0), y: normal(count, &$0)).pValue
      }
    }
    let ties = [12, 40].map { count in
      Scenario(test: "Kendall", law: "\(count) of four values", promised: 0.055) {
        try KendallCorrelation(x: tied(count, &$0), y: tied(count, &$0)).pValue
      }
    }
    return exact + others + kendall + ties
  }

  private static var designs: [Scenario] {
    func table(_ rows: Int, _ spreads: [Double], _ stream: inout RandomStream) -> [[Double]] {
      (0..<rows).map { _ in
        let offset = 3 * stream.normal()
        return spreads.map { offset + $0 * stream.normal() }
      }
    }
    let signed = [6, 8, 20].flatMap { count in
      [
        Scenario(test: "signed ranks", law: "\(count) normal") {
          try SignedRankTest(differences: normal(count, &$0)).pValue
        },
        Scenario(test: "signed ranks", law: "\(count) of seven values") {
          let values = zip(tied(count, &$0), tied(count, &$0)).map { $0 - $1 }
          return try SignedRankTest(differences: values).pValue
        },
      ]
    }
    let ranks = [(5, 4), (8, 3), (20, 5)].flatMap { rows, columns in
      let equal = [Double](repeating: 1, count: columns)
      return [
        Scenario(test: "Friedman, F", law: "\(rows) × \(columns)", promised: 0.08) {
          try FriedmanTest(blocks: table(rows, equal, &$0)).fRatioPValue
        },
        Scenario(test: "Friedman, χ²", law: "\(rows) × \(columns)") {
          try FriedmanTest(blocks: table(rows, equal, &$0)).chiSquarePValue
        },
        Scenario(test: "Friedman, any pair", law: "\(rows) × \(columns)") {
          try FriedmanTest(blocks: table(rows, equal, &$0)).pairs.map(\.pValue).min()
        },
      ]
    }
    let variance = [
      (5, [1.0, 1, 1, 1]), (8, [1, 1, 1, 1]), (5, [0.1, 0.2, 1, 3]), (8, [0.1, 0.2, 1, 3]),
    ]
    .map { rows, spreads in
      Scenario(
        test: "repeated measures, ε",
        law: "\(rows) × \(spreads.map { "\($0)" }.joined(separator: ", "))",
        promised: 0.065
      ) { try RepeatedMeasuresTest(replicates: table(rows, spreads, &$0)).pValue }
    }
    return signed + ranks + variance
  }

  private func rejections(_ scenario: Scenario, trials: Int) throws -> Int {
    var stream = RandomStream(StreamPath(seed: 43) / scenario.test / scenario.law)
    var count = 0
    for _ in 0..<trials {
      // What has no p-value rejects nothing.
      if let p = try scenario.pValue(&stream), p <= Self.alpha { count += 1 }
    }
    return count
  }

  @Test func errorsStayBelowWhatIsPromised() throws {
    for scenario in Self.correlations + Self.designs {
      let found = try rejections(scenario, trials: 100)
      #expect(
        Simulation.isPlausible(found, of: 100, atMost: scenario.promised),
        "\(scenario.test), \(scenario.law)")
    }
  }

  /// Without ε unequal spreads reject more than α: the correction is needed, and a count that is too high is seen.
  @Test func withoutCorrectionUnequalSpreadsErr() throws {
    let spreads = [0.1, 0.2, 1, 3]
    let scenario = Scenario(test: "repeated measures, spherical", law: "8") { stream in
      let rows = (0..<8).map { _ in spreads.map { $0 * stream.normal() } }
      return try RepeatedMeasuresTest(replicates: rows).sphericalPValue
    }
    let found = try rejections(scenario, trials: 1000)
    #expect(!Simulation.isPlausible(found, of: 1000, atMost: Self.alpha))
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func table() throws {
    let trials = try #require(Simulation.trials)
    var rows: [[String]] = []
    for scenario in Self.correlations + Self.designs {
      let found = try rejections(scenario, trials: trials)
      #expect(
        Simulation.isPlausible(found, of: trials, atMost: scenario.promised),
        "\(scenario.test), \(scenario.law)")
      rows.append([scenario.test, scenario.law, Simulation.percent(found, of: trials)])
    }
    Simulation.printTable(
      "Rejections at α = 5 % where nothing is to be found, \(trials) draws each",
      columns: ["test", "law", "rejected"], rows: rows)
  }
}
