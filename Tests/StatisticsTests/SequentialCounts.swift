import Randomness
import Statistics

/// What is shown, rightly and wrongly, of a suite that is looked at several times, over many outcomes.
struct SequentialCounts {
  /// How α is used over the looks.
  enum Rule {
    /// As ``SequentialClaims`` has it: split over the looks, what is decided frozen.
    case spending

    /// All of α at each look, on all replicates so far: adding replicates until something comes out.
    case allAtEachLook
  }

  /// The suite, with at least the last look's replicates.
  let suite: SimulatedSuite

  /// The design of the looks.
  let looks: Looks

  /// How α is used.
  let rule: Rule

  /// The familywise error of each kind of claim.
  let alpha = 0.05

  /// Outcomes.
  private(set) var trials = 0

  private var wrong: [Claim: Int] = [:]
  private var shown: [Claim: Int] = [:]
  private var ends = 0
  private var armEnds = 0

  /// Counts of no outcome yet.
  init(_ suite: SimulatedSuite, _ looks: Looks, _ rule: Rule = .spending) {
    (self.suite, self.looks, self.rule) = (suite, looks, rule)
  }

  /// Counts of several designs on the same outcomes.
  static func simulate(
    _ designs: [SequentialCounts], trials: Int, _ stream: inout RandomStream
  ) throws -> [SequentialCounts] {
    var designs = designs
    let sizes = Set(designs.flatMap(\.looks.sizes))
    for _ in 0..<trials {
      let outcome = designs[0].suite.draw(&stream)
      let findings = Dictionary(
        uniqueKeysWithValues: try sizes.map { ($0, try outcome.findings(after: $0)) })
      for index in designs.indices { try designs[index].add(findings) }
    }
    return designs
  }

  /// Outcomes in which some claim of the kind is false.
  func errors(_ claim: Claim) -> Int { wrong[claim, default: 0] }

  /// True claims of the kind that are shown of a comparison, on average.
  func length(_ claim: Claim) -> Double {
    Double(shown[claim, default: 0]) / Double(trials * suite.means.count)
  }

  /// Replicates until a density of a comparison is decided, or of the last look, on average.
  var replicates: Double { Double(ends) / Double(trials * suite.means.joined().count) }

  /// Replicates of an arm at a density on average: an unablated arm goes on while a comparison with it is open
  /// there.
  var armReplicates: Double {
    let controls = (suite.means.count + SimulatedSuite.ablations - 1) / SimulatedSuite.ablations
    let arms = (suite.means.count + controls) * suite.deviations.count
    return Double(armEnds) / Double(trials * arms)
  }
}

extension SequentialCounts {
  /// Adds an outcome, by what looks after each number of replicates find.
  private mutating func add(_ findings: [Int: [[SequentialClaims.Finding]]]) throws {
    let seen = looks.sizes.map { findings[$0] ?? [] }
    let shownAt =
      switch rule {
      case .spending: try spending(seen)
      case .allAtEachLook: try allAtEachLook(seen)
      }
    trials += 1
    for claim in Claim.allCases {
      var isWrong = false
      for (comparison, row) in shownAt.enumerated() {
        for density in row.indices where row[density][claim] != nil {
          if suite.isFalse(claim, comparison, density) {
            isWrong = true
          } else {
            shown[claim, default: 0] += 1
          }
        }
      }
      wrong[claim, default: 0] += isWrong ? 1 : 0
    }
    addEnds(shownAt)
  }

  private mutating func addEnds(_ shownAt: [[[Claim: Int]]]) {
    let cells = shownAt.map { row in
      row.map { cell in
        [cell[.equivalence], cell[.beyondMargin]].compactMap { $0 }.min()
          .map { looks.sizes[$0] } ?? looks.last
      }
    }
    let own = cells.joined().reduce(0, +)
    var controls = 0
    for first in stride(from: 0, to: cells.count, by: SimulatedSuite.ablations) {
      let group = cells[first..<min(first + SimulatedSuite.ablations, cells.count)]
      controls += suite.deviations.indices.reduce(0) { sum, density in
        sum + (group.map { $0[density] }.max() ?? 0)
      }
    }
    ends += own
    armEnds += own + controls
  }

  /// The look that first shows each claim, from 0, by comparison and density.
  private func spending(_ seen: [[[SequentialClaims.Finding]]]) throws -> [[[Claim: Int]]] {
    var claims = SequentialClaims(
      densities: suite.means.map(\.count), looks: looks, alpha: alpha)
    for findings in seen {
      try claims.look(
        findings.enumerated().map { comparison, row in
          row.enumerated().map { claims.isOpen(comparison, $0) ? $1 : nil }
        })
    }
    return claims.cells.map { $0.map(\.shownAt) }
  }

  private func allAtEachLook(_ seen: [[[SequentialClaims.Finding]]]) throws -> [[[Claim: Int]]] {
    var shownAt = suite.means.map { $0.map { _ in [Claim: Int]() } }
    for (look, findings) in seen.enumerated() {
      for claim in Claim.allCases {
        let procedure = try ClaimProcedure(
          findings.map { row in
            ClaimProcedure.Comparison(
              pValues: row.map { $0.pValues[claim] ?? 1 },
              blocked: Set(row.indices.filter { row[$0].blocked.contains(claim) }))
          }, showing: claim, alpha: alpha)
        for comparison in findings.indices {
          for density in procedure.shown(comparison)
          where shownAt[comparison][density][claim] == nil {
            shownAt[comparison][density][claim] = look
          }
        }
      }
    }
    return shownAt
  }
}
