import Randomness
import Statistics
import Testing

/// How often tests of paired runs, Holm's correction and the range of random overlaps err where nothing is to be found.
@Suite struct PairedErrorTests {
  private static let alpha = 0.05

  private struct Scenario {
    let test: String
    let law: String
    /// Whether the error is close to α; tests of few values that are whole numbers stay below it.
    var isSharp = true
    let errs: (inout RandomStream) throws -> Bool
  }

  private static func normal(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    (0..<count).map { _ in stream.normal() }
  }

  private static var pairs: [Scenario] {
    let student = [3, 8, 20].map { count in
      Scenario(test: "Student's t, paired", law: "\(count) normal") {
        try TTest(differences: normal(count, &$0)).pValue <= alpha
      }
    }
    let signs = [8, 40].map { count in
      Scenario(test: "signs", law: "\(count) normal", isSharp: false) {
        try SignTest(differences: normal(count, &$0)).pValue <= alpha
      }
    }
    let outcomes = [12, 60].map { count in
      Scenario(test: "McNemar", law: "\(count) pairs, 40 % each", isSharp: false) { stream in
        func collapses() -> [Bool] { (0..<count).map { _ in stream.uniform() < 0.4 } }
        return try McNemarTest(treated: collapses(), control: collapses()).pValue <= alpha
      }
    }
    return student + signs + outcomes
  }

  private static var families: [Scenario] {
    [
      Scenario(test: "Holm", law: "any of 20 true nulls, independent") { stream in
        try holmAdjusted((0..<20).map { _ in stream.uniform() }).min() ?? 1 <= alpha
      },
      Scenario(test: "Holm", law: "any of 15 true nulls beside 5 false ones") { stream in
        let values = (0..<20).map { $0 < 15 ? stream.uniform() : 0.0001 * stream.uniform() }
        return try holmAdjusted(values).prefix(15).min() ?? 1 <= alpha
      },
      Scenario(test: "Holm", law: "any of 20 equal ones", isSharp: false) { stream in
        try holmAdjusted(Array(repeating: stream.uniform(), count: 20)).min() ?? 1 <= alpha
      },
    ]
  }

  /// Overlaps of random masks outside of the range that holds 95 % of them.
  private static var ranges: [Scenario] {
    [(40, 12, 9, false), (2000, 400, 500, true)].map { size, first, second, isSharp in
      Scenario(
        test: "range of random overlaps", law: "\(first) and \(second) of \(size)",
        isSharp: isSharp
      ) { stream in
        let members = Set(stream.choose(first, from: size))
        let both = stream.choose(second, from: size).count { members.contains($0) }
        let law = try Hypergeometric(population: size, marked: first, drawn: second)
        return !(try law.centralRange(level: 1 - alpha).contains(both))
      }
    }
  }

  private static var all: [Scenario] { pairs + families + ranges }

  private func errors(_ scenario: Scenario, trials: Int) throws -> Int {
    var stream = RandomStream(StreamPath(seed: 57) / scenario.test / scenario.law)
    var count = 0
    for _ in 0..<trials where try scenario.errs(&stream) { count += 1 }
    return count
  }

  private func check(_ scenario: Scenario, trials: Int) throws -> Int {
    let found = try errors(scenario, trials: trials)
    #expect(
      Simulation.isPlausible(found, of: trials, atMost: Self.alpha),
      "\(scenario.test), \(scenario.law): \(found)")
    return found
  }

  @Test func errorsStayBelowAlpha() throws {
    var sharp = 0
    for scenario in Self.all {
      let found = try check(scenario, trials: 1000)
      sharp += scenario.isSharp ? found : 0
    }
    // What never errs would never find anything either.
    let trials = 1000 * Self.all.count { $0.isSharp }
    #expect(!Simulation.isPlausible(sharp, of: trials, atMost: Self.alpha / 2))
  }

  /// Without Holm's correction the smallest of 20 p-values errs in 64 % of families, and that is seen.
  @Test func familiesErrWithoutCorrection() throws {
    let scenario = Scenario(test: "none", law: "any of 20 true nulls") { stream in
      (0..<20).map { _ in stream.uniform() }.min() ?? 1 <= Self.alpha
    }
    let found = try errors(scenario, trials: 400)
    #expect(!Simulation.isPlausible(found, of: 400, atMost: Self.alpha))
    #expect(isPlausible(found, of: 400, probability: 0.6415))
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func table() throws {
    let trials = try #require(Simulation.trials)
    let rows = try Self.all.map { scenario in
      [
        scenario.test, scenario.law,
        Simulation.percent(try check(scenario, trials: trials), of: trials),
      ]
    }
    Simulation.printTable(
      "True nulls rejected, and overlaps outside of their range of 95 %, in \(trials) trials each",
      columns: ["test", "law", "errors"], rows: rows)
  }
}
