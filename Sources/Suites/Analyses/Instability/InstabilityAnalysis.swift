import Laboratory
import Randomness
import Recipes
import Statistics

/// What an instability suite's segments say.
struct InstabilityAnalysis {
  let design: InstabilityDesign
  /// Policies of batch norm's statistics that the networks have: one for those without batch norm.
  let policies: [StatisticsPolicy]
  /// Splits that were measured, the test split first.
  let splits: [PathSplit]
  /// Segments that were measured.
  let runs: [InstabilityRun]
  /// Segments with an end whose training diverged.
  let diverged: [InstabilityCell]
  /// Segments that it lacks.
  let missing: Int

  private let seed: UInt64

  init(
    _ suite: Suite, _ design: InstabilityDesign, _ cells: [InstabilityCell],
    _ results: [Key: Outcome<SegmentResult>]
  ) {
    self.design = design
    seed = suite.seed
    let measurement = design.measurement.measurement(of: suite)
    policies = measurement.statistics
    splits = measurement.trainingExamples > 0 ? [.test, .train] : [.test]
    runs = cells.compactMap { cell in
      results[cell.key]?.found.map { InstabilityRun(cell: cell, result: $0) }
    }
    diverged = cells.filter { results[$0.key]?.divergence != nil }
    missing = cells.count - runs.count - diverged.count
  }

  /// The segments of one network whose ends parted at one step.
  func runs(of network: InstabilityNetwork, from step: Step) -> [InstabilityRun] {
    runs.filter { $0.cell.network == network && $0.cell.step == step }
  }

  /// Whether a segment of one network whose ends parted at one step has an end whose training diverged, so that
  /// means over the others are not those of all.
  func hasDiverged(_ network: InstabilityNetwork, from step: Step) -> Bool {
    diverged.contains { $0.network == network && $0.step == step }
  }

  /// A number of the barriers of `quantity`, averaged over a family's pairs and then over initializations;
  /// `nil` where no segment has one.
  func estimate(
    _ network: InstabilityNetwork, from step: Step, _ quantity: PathQuantity = .error,
    on split: PathSplit, policy index: Int, of number: (PathSummary) -> Double = { $0.barrier }
  ) throws -> InstabilityEstimate? {
    let found = runs(of: network, from: step).compactMap { run in
      run.result.summary(quantity, on: split, policy: index).map { (run.cell, number($0)) }
    }
    let families = Dictionary(grouping: found, by: \.0.replicate)
    guard !families.isEmpty else { return nil }
    let means = families.keys.sorted().map { replicate in
      let values = families[replicate]!.map(\.1)
      return values.reduce(0, +) / Double(values.count)
    }
    var stream = RandomStream(StreamPath(seed: seed) / "instability" / "bootstrap")
    return InstabilityEstimate(
      replicates: means, mean: means.reduce(0, +) / Double(means.count),
      interval: try ReplicateInterval(
        of: means, level: InstabilityDesign.level, stream: &stream),
      components: try VarianceComponents(
        families.keys.sorted().map { replicate in
          families[replicate]!.filter(\.0.isDisjoint).map(\.1)
        }))
  }

  /// Whether `network` is stable from `step` on `split` under a policy; undecided where a training diverged
  /// or a point of a segment is not finite, which the interval knows nothing of.
  func stability(
    _ network: InstabilityNetwork, from step: Step, on split: PathSplit, policy index: Int
  ) throws -> Stability {
    let isWhole =
      !hasDiverged(network, from: step)
      && runs(of: network, from: step).allSatisfy {
        $0.result.summary(.error, on: split, policy: index)?.gaps == 0
      }
    guard isWhole,
      let interval = try estimate(network, from: step, on: split, policy: index)?.interval?.interval
    else { return .undecided }
    if interval.upper < design.stableBelow { return .stable }
    return interval.lower >= design.stableBelow ? .unstable : .undecided
  }

  /// The first step from which on `holds` is true of all steps; `nil` where it is false of the last.
  func first(where holds: (Step) throws -> Bool) rethrows -> Step? {
    var found: Step?
    for step in design.steps.reversed() {
      guard try holds(step) else { return found }
      found = step
    }
    return found
  }
}

/// One segment and what was measured on it.
struct InstabilityRun {
  let cell: InstabilityCell
  let result: SegmentResult
}

extension InstabilityCell {
  /// Whether the pair belongs to the disjoint ones: (1, 2), (3, 4), …, none of which share a child.
  var isDisjoint: Bool { first % 2 == 1 && second == first + 1 }
}

/// Instability, or another number of barriers, of one network from one step.
struct InstabilityEstimate {
  /// One mean over pairs for each initialization.
  let replicates: [Double]
  let mean: Double
  /// Over initializations; `nil` for one alone.
  let interval: ReplicateInterval?
  /// Between initializations and between disjoint pairs of one; `nil` for fewer than four orders.
  let components: VarianceComponents?
}

/// Whether training is stable to the noise of its data order, by the interval over initializations.
enum Stability: String {
  /// The interval lies below the threshold.
  case stable
  /// It lies above.
  case unstable
  /// It holds the threshold, or there is none, or a point is not finite.
  case undecided
}
