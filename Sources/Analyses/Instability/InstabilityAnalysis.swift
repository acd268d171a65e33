import Recipes
import Statistics
import Suites

/// What an instability suite's segments say.
struct InstabilityAnalysis {
  let terms: Terms<InstabilitySettings>
  /// Segments that were measured.
  let runs: [InstabilityRun]
  /// Segments with an end whose training diverged.
  let diverged: [InstabilityRow]

  var settings: InstabilitySettings { terms.settings }

  private let families: [Family: [InstabilityRun]]

  /// The segments of one network whose ends parted at one step.
  private struct Family: Hashable {
    let network: Subnetwork
    let step: Step
  }

  init(_ rows: [InstabilityRow], _ terms: Terms<InstabilitySettings>) {
    self.terms = terms
    diverged = rows.filter { $0.statistics == nil }
    runs = rows.filter { $0.statistics != nil }.chunked { $0.isOfOneSegment(with: $1) }
      .compactMap { InstabilityRun($0, terms.settings.policies) }
    families = Dictionary(grouping: runs) {
      Family(network: $0.whole.network, step: $0.whole.step)
    }
  }

  /// The segments of one network whose ends parted at one step.
  func runs(of network: Subnetwork, from step: Step) -> [InstabilityRun] {
    families[Family(network: network, step: step)] ?? []
  }

  /// Whether a segment of one network whose ends parted at one step has an end whose training diverged, so that
  /// means over the others are not those of all.
  func hasDiverged(_ network: Subnetwork, from step: Step) -> Bool {
    diverged.contains { $0.network == network && $0.step == step }
  }

  /// A number of the barriers of `quantity`, averaged over a family's pairs and then over initializations;
  /// `nil` where no segment has one.
  func estimate(
    _ network: Subnetwork, from step: Step, _ quantity: PathQuantity = .error,
    on split: PathSplit, policy index: Int, of number: (PathSummary) -> Double = { $0.barrier }
  ) throws -> InstabilityEstimate? {
    let found = runs(of: network, from: step).compactMap { run in
      run.lines[index].summary(quantity, on: split).map { (run.whole, number($0)) }
    }
    guard !found.isEmpty else { return nil }
    let families = found.grouped(by: \.0.replicate).map(\.value)
    return try InstabilityEstimate(
      families.map { Sample.mean($0.map(\.1)) },
      floor: quantity == .error ? settings.leastError(on: split) : 0,
      components: try VarianceComponents(
        families.map { $0.filter(\.0.isDisjoint).map(\.1) }))
  }
}

/// One segment and what was measured on it.
struct InstabilityRun {
  /// A point, which tells what there is of the whole segment.
  let whole: InstabilityRow
  /// One line per policy.
  let lines: [MeasuredLine]

  /// The segment whose points are `rows`; `nil` where some are missing.
  init?(_ rows: [InstabilityRow], _ policies: [StatisticsPolicy]) {
    guard let first = rows.first,
      let lines = MeasuredLine.perPolicy(policies, of: rows)
    else { return nil }
    (whole, self.lines) = (first, lines)
  }
}

extension InstabilityRow {
  /// Whether two rows are about one segment.
  fileprivate func isOfOneSegment(with other: InstabilityRow) -> Bool {
    (network, replicate, step, first, second)
      == (other.network, other.replicate, other.step, other.first, other.second)
  }

  /// Whether the pair belongs to the disjoint ones: (1, 2), (3, 4), …, none of which share a child.
  var isDisjoint: Bool { first % 2 == 1 && second == first + 1 }
}

/// Instability, or another number of barriers that is never below 0, of one network from one step.
struct InstabilityEstimate {
  /// One mean over pairs for each initialization.
  let replicates: [Double]
  let mean: Double
  /// Count, mean and spread over initializations; `nil` for one alone.
  let spread: SampleSummary?
  /// Student's over initializations; `nil` for one alone. What lies below 0 is cut off, as the mean cannot: a t-interval
  /// knows nothing of that, and holds the mean as often without.
  let interval: Interval?
  /// Between initializations and between disjoint pairs of one; `nil` for fewer than four orders.
  let components: VarianceComponents?

  /// At least one mean, of which the scale shows no spread below `floor`.
  init(_ replicates: [Double], floor: Double, components: VarianceComponents?) throws {
    self.replicates = replicates
    self.components = components
    mean = Sample.mean(replicates)
    spread =
      replicates.count > 1 ? try SampleSummary(replicates).withDeviation(atLeast: floor) : nil
    interval = try spread.map { spread in
      let whole = try spread.meanInterval(level: InstabilityDesign.level)
      return Interval(lower: max(0, whole.lower), upper: max(0, whole.upper))
    }
  }

  var summary: MeanInterval { MeanInterval(mean, interval) }
}

/// Whether training is stable to the noise of its data order.
enum Stability: String, CaseIterable {
  /// The mean barrier is shown to lie below the threshold.
  case stable
  /// The mean excess over what unequal ends give is shown to lie above it.
  case unstable
  /// Neither is shown.
  case undecided
}
