import Recipes
import Statistics
import Suites

/// What a suite claims of the stability of its networks: one procedure for all of them, at every step.
///
/// *Stable* is claimed of the barrier, *unstable* of the barrier's excess over what unequal ends alone give. As the
/// barrier is never below its excess, each claim holds of both numbers.
///
/// Each kind of claim has a familywise error of α. Networks, and policies of batch norm's statistics, share it alike.
/// *Stable* goes from the last step on towards the first: training that is stable from a step on is stable from
/// every later one. *Unstable* goes by Holm.
struct InstabilityVerdicts {
  /// One network under one policy of batch norm's statistics, parting at one step.
  struct Cell: Hashable {
    let network: Subnetwork
    let policy: Int
    let step: Step
  }

  /// What is claimed of a cell, and the smallest familywise errors at which either would be.
  struct Verdict {
    let stability: Stability
    /// The tests' own p-values; `nil` where nothing can be claimed.
    let test: ThresholdTest.Pair?
    let adjustedStable, adjustedUnstable: Double
  }

  private let verdicts: [Cell: Verdict]

  subscript(cell: Cell) -> Verdict? { verdicts[cell] }

  /// Tests every cell of `analysis` against the threshold.
  init(_ analysis: InstabilityAnalysis) throws {
    let settings = analysis.settings
    let rows = settings.networks.flatMap { network in
      settings.policies.indices.map { policy in
        settings.steps.reversed().map { Cell(network: network, policy: policy, step: $0) }
      }
    }
    let tests = try rows.map { try $0.map(analysis.test) }
    func procedure(_ claim: Claim, _ pValue: (ThresholdTest.Pair) -> Double) throws
      -> ClaimProcedure
    {
      try ClaimProcedure(
        tests.map { tests in
          ClaimProcedure.Comparison(
            pValues: tests.map { $0.map(pValue) ?? 1 },
            blocked: Set(tests.indices.filter { tests[$0] == nil }))
        }, showing: claim, alpha: InstabilityDesign.alpha)
    }
    let stable = try procedure(.equivalence, \.stable)
    let unstable = try procedure(.difference, \.unstable)
    var verdicts: [Cell: Verdict] = [:]
    for (row, cells) in rows.enumerated() {
      for (place, cell) in cells.enumerated() {
        verdicts[cell] = Verdict(
          stability: stable.isShown(row, place)
            ? .stable : unstable.isShown(row, place) ? .unstable : .undecided,
          test: tests[row][place], adjustedStable: stable.adjusted[row][place],
          adjustedUnstable: unstable.adjusted[row][place])
      }
    }
    self.verdicts = verdicts
  }

  /// How many cells share α.
  var count: Int { verdicts.count }
}

extension ThresholdTest {
  /// That a mean barrier lies below the threshold, and that its mean excess lies above.
  struct Pair: Hashable {
    let stable, unstable: Double
  }
}

extension InstabilityAnalysis {
  /// The tests of a cell; `nil` where a segment is missing, an end diverged or a point is not finite, which means
  /// over the others know nothing of.
  fileprivate func test(_ cell: InstabilityVerdicts.Cell) throws -> ThresholdTest.Pair? {
    let runs = runs(of: cell.network, from: cell.step)
    let pairs = settings.orders * (settings.orders - 1) / 2
    guard runs.count == terms.replicates * pairs, terms.replicates > 1,
      runs.allSatisfy({ $0.lines[cell.policy].summary(.error, on: .test)?.gaps == 0 })
    else { return nil }
    func test(_ number: (PathSummary) -> Double) throws -> ThresholdTest? {
      try estimate(cell.network, from: cell.step, on: .test, policy: cell.policy, of: number)?
        .spread.map { try ThresholdTest($0, threshold: settings.stableBelow) }
    }
    guard let barrier = try test(\.barrier), let excess = try test(\.rise) else { return nil }
    return ThresholdTest.Pair(stable: barrier.belowPValue, unstable: excess.abovePValue)
  }
}
