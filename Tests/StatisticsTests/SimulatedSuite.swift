import Foundation
import Randomness
import Statistics

/// A suite whose truth is known: methods, each ablated in several ways, at several densities.
///
/// The ablations of a method are compared with the same unablated runs, as in a real suite, so that the comparisons
/// of a method depend on each other.
struct SimulatedSuite {
  /// The margin of equivalence.
  static let margin = 0.5

  /// Ways to ablate each method.
  static let ablations = 3

  /// Runs per arm and density.
  var replicates: Int

  /// The standard deviation of the differences at each density, from the densest on.
  var deviations: [Double]

  /// The true mean difference of each comparison and density, among runs that do not collapse.
  var means: [[Double]]

  /// The chances that an ablated and an unablated run collapse.
  var collapse = (treated: 0.0, control: 0.0)

  /// Points that a collapsed run loses.
  var drop = 60.0

  /// The unablated arm's part of the differences' variance.
  var controlShare = 0.5

  /// Whether ablated runs scatter by an exponential law, with the long tail downwards, and not by a normal one.
  var isSkewed = false

  /// `count` values from `first` to `last` by equal ratios.
  static func ladder(from first: Double, to last: Double, count: Int = 6) -> [Double] {
    (0..<count).map { first * pow(last / first, Double($0) / Double(count - 1)) }
  }

  /// Whether a claim would be false of a cell, as of runs that do not collapse.
  func isFalse(_ claim: Claim, _ comparison: Int, _ density: Int) -> Bool {
    switch claim {
    case .equivalence: abs(means[comparison][density]) >= Self.margin
    case .difference: means[comparison][density] == 0
    case .beyondMargin: abs(means[comparison][density]) <= Self.margin
    }
  }

  /// One outcome of the suite.
  func draw(_ stream: inout RandomStream) -> SimulatedOutcome {
    var control: [[Run]] = []
    let pairs = means.indices.map { comparison in
      if comparison % Self.ablations == 0 {
        control = deviations.map {
          runs(
            deviation: $0 * controlShare.squareRoot(), collapse: collapse.control, &stream)
        }
      }
      return deviations.enumerated().map { density, deviation in
        let treated = runs(
          deviation: deviation * (1 - controlShare).squareRoot(), collapse: collapse.treated,
          isSkewed: isSkewed, &stream)
        return zip(treated, control[density]).map {
          SimulatedOutcome.Pair(
            difference: means[comparison][density] + $0.value - $1.value,
            isCollapsed: $0.isCollapsed || $1.isCollapsed)
        }
      }
    }
    return SimulatedOutcome(pairs: pairs)
  }

  /// One outcome's p-values of a claim, sameness blocked where a run collapsed.
  func draw(
    _ claim: Claim, _ stream: inout RandomStream
  ) throws -> [ClaimProcedure.Comparison] {
    try draw(&stream).comparisons(showing: claim, after: replicates)
  }

  private struct Run {
    let value: Double
    let isCollapsed: Bool
  }

  private func runs(
    deviation: Double, collapse: Double, isSkewed: Bool = false, _ stream: inout RandomStream
  ) -> [Run] {
    (0..<replicates).map { _ in
      let noise = isSkewed ? 1 + log(1 - stream.uniform()) : stream.normal()
      let isCollapsed = collapse > 0 && stream.uniform() < collapse
      return Run(
        value: deviation * noise - (isCollapsed ? drop : 0), isCollapsed: isCollapsed)
    }
  }
}

/// How often a suite's claims were false and how many were shown, over many outcomes.
struct ClaimCounts {
  /// Outcomes.
  let trials: Int

  /// Outcomes with at least one false claim.
  var errors = 0

  /// The same for p ≤ α in each cell by itself.
  var unadjustedErrors = 0

  /// True claims shown, over all outcomes.
  var shown = 0

  /// True claims that there were to show, over all outcomes.
  var showable = 0

  /// Runs the claim procedure on `trials` outcomes.
  ///
  /// - Parameters:
  ///   - claim: what the p-values test.
  ///   - order: as what the procedure takes them; the same unless another order is tried.
  init(
    _ suite: SimulatedSuite, _ claim: Claim, order: Claim? = nil, alpha: Double = 0.05,
    trials: Int, _ stream: inout RandomStream
  ) throws {
    self.trials = trials
    for _ in 0..<trials {
      let comparisons = try suite.draw(claim, &stream)
      let procedure = try ClaimProcedure(comparisons, showing: order ?? claim, alpha: alpha)
      var (isWrong, isWrongUnadjusted) = (false, false)
      for (index, comparison) in comparisons.enumerated() {
        for (density, p) in comparison.pValues.enumerated() {
          let isShown = procedure.isShown(index, density)
          if suite.isFalse(claim, index, density) {
            isWrong = isWrong || isShown
            isWrongUnadjusted =
              isWrongUnadjusted || p <= alpha && !comparison.blocked.contains(density)
          } else {
            showable += 1
            shown += isShown ? 1 : 0
          }
        }
      }
      errors += isWrong ? 1 : 0
      unadjustedErrors += isWrongUnadjusted ? 1 : 0
    }
  }
}
