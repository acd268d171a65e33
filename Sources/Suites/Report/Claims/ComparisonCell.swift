package import Recipes
package import Statistics

/// Two arms at one density.
package struct ComparisonCell {
  /// One replicate's runs of both arms.
  package struct Pair {
    /// The run with what is asked about, and the one without.
    package let treated, control: ComparedRun
  }

  /// Why sameness cannot be claimed, whatever the numbers are.
  package enum Block: Hashable {
    /// A replicate lacks a run of one arm.
    case missing
    /// A run of either arm failed.
    case failed
    /// Each arm has one value in all its runs, and nothing tells whether they give all examples one class: what
    /// differs in nothing was not replicated.
    case withoutSpread
  }

  /// The density.
  package let density: Density
  /// By replicate.
  package let pairs: [Pair]
  /// Replicates that should be there.
  package let replicates: [Int]
  /// Those of them that lack a run of either arm.
  package let missing: [Int]
  /// What the arms are rated by.
  package let metric: Metric
  /// Treated minus control in the metric's unit; `nil` below two pairs, and where a run has no value.
  package let comparison: DensityComparison?
  /// The mean over test examples too; `nil` where the runs' answers are not known.
  package let crossed: CrossedComparison?
  /// The mean difference; `nil` without a pair.
  package let mean: Double?
  private let scale: ComparisonScale

  /// Compares the runs of two arms; those of `replicates`, which rise, should be there.
  package init(
    _ density: Density, _ treated: [ComparedRun], _ control: [ComparedRun], replicates: [Int],
    scale: ComparisonScale
  ) throws {
    self.density = density
    self.replicates = replicates
    self.scale = scale
    let others = Dictionary(control.map { ($0.replicate, $0) }) { first, _ in first }
    let pairs = treated.compactMap { run in
      others[run.replicate].map { Pair(treated: run, control: $0) }
    }
    self.pairs = pairs
    missing = replicates.filter { replicate in
      !pairs.contains { $0.treated.replicate == replicate }
    }
    metric = scale.metric
    let values = (pairs.compactMap(\.treated.value), pairs.compactMap(\.control.value))
    let isWhole = values.0.count == pairs.count && values.1.count == pairs.count
    guard pairs.count > 1, isWhole else {
      comparison = nil
      crossed = nil
      mean = isWhole && pairs.count == 1 ? values.0[0] - values.1[0] : nil
      return
    }
    let found = try DensityComparison(
      treated: values.0, control: values.1, rule: scale.rule, floor: scale.floor)
    comparison = found
    mean = found.summary.mean
    crossed = try Self.crossed(pairs, found, scale)
  }

  /// The same of the first `count` replicates.
  package func first(_ count: Int) throws -> ComparisonCell {
    let seen = Array(replicates.prefix(count))
    guard let last = seen.last, seen.count < replicates.count else { return self }
    let pairs = pairs.filter { $0.treated.replicate <= last }
    return try ComparisonCell(
      density, pairs.map(\.treated), pairs.map(\.control), replicates: seen, scale: scale)
  }

  /// Every run of a treated arm has what test examples add to its comparison up to its look; those of one look agree
  /// where none of the runs is missing.
  private static func crossed(
    _ pairs: [Pair], _ found: DensityComparison, _ scale: ComparisonScale
  ) throws -> CrossedComparison? {
    guard scale.metric.isShare, let examples = scale.examples, examples > 1,
      let spread = pairs.last?.treated.spread
    else { return nil }
    let before = scale.looks?.sizes.last { $0 < pairs.count } ?? 0
    guard pairs.dropFirst(before).allSatisfy({ $0.treated.spread == spread }) else { return nil }
    return try CrossedComparison(
      differences: found.differences, exampleCount: examples, spread: spread)
  }

  /// Why sameness cannot be claimed here; `nil` where it may be.
  package var block: Block? {
    if pairs.contains(where: { $0.treated.hasFailed || $0.control.hasFailed }) { return .failed }
    if lacksSpread { return .withoutSpread }
    return missing.isEmpty && comparison != nil ? nil : .missing
  }

  /// Whether nothing can be said: every run of both arms failed, neither arm was replicated, or a run diverged whose
  /// metric then has no value.
  package var isVoid: Bool {
    lacksSpread || pairs.allSatisfy { $0.treated.hasFailed && $0.control.hasFailed }
      || comparison == nil && pairs.contains { $0.treated.hasDiverged || $0.control.hasDiverged }
  }

  private var lacksSpread: Bool {
    guard pairs.count > 2 else { return false }
    return [\Pair.treated, \Pair.control].allSatisfy { arm in
      let runs = pairs.map { $0[keyPath: arm] }
      return Set(runs.map(\.value)).count == 1 && runs.allSatisfy { !$0.tellsClasses }
    }
  }
}
