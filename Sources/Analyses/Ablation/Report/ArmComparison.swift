import Recipes
import Statistics
import Suites

/// A method under an ablation, or itself.
struct Arm: Hashable {
  let method: String
  var ablation = RunRecord.unablated

  /// What it is called beside the method's other arms.
  var words: String { ablation == RunRecord.unablated ? "method itself" : ablation }
}

/// Two arms that were run on the same replicates, at every density at which they are compared.
struct ArmComparison {
  let treated: Arm
  let control: Arm
  /// The densities at which something is claimed, from the densest on.
  let cells: [ComparisonCell]
  /// The other densities, which are shown and decide nothing.
  let exploratory: [ComparisonCell]
  /// Densities at which nothing can differ: every layer is full or empty, or both arms are the same trainings.
  let idle: [Density]

  /// Whether the method itself stands against random pruning.
  var isAgainstRandom: Bool { treated.method != control.method }

  /// The comparison of two arms of `table` at the densities at which either has runs; `nil` where no replicate has
  /// both at any.
  init?(_ treated: Arm, with control: Arm, in table: RunTable, terms: AblationTerms) throws {
    self.treated = treated
    self.control = control
    let tested = table.densities.filter { density in
      [treated, control].contains { !table.runs($0, density).isEmpty }
    }
    let replicates = Set(
      [treated, control].flatMap { arm in table.densities.flatMap { table.runs(arm, $0) } }
        .map(\.replicate)
    ).sorted()
    let idle = tested.filter { density in
      let (runs, others) = (table.runs(treated, density), table.runs(control, density))
      return treated.method == control.method
        ? Self.changesNothing(treated.ablation, runs, against: others)
        : (runs + others).allSatisfy(\.keepsAll)
    }
    self.idle = idle
    let cells = try tested.filter { !idle.contains($0) }.map { density in
      try ComparisonCell(
        density, table.runs(treated, density), table.runs(control, density),
        replicates: replicates, terms: terms)
    }
    self.cells = cells.filter { terms.settings.isPrimary($0.density) }
    exploratory = cells.filter { !terms.settings.isPrimary($0.density) }
    guard !idle.isEmpty || cells.contains(where: { !$0.pairs.isEmpty }) else { return nil }
  }

  /// Every density at which the arms can differ, from the densest on.
  var all: [ComparisonCell] { (cells + exploratory).sorted { $0.density > $1.density } }

  /// Whether `runs` are the trainings of the `others`, or `ablation` only changes masks that keep all or nothing of every
  /// layer.
  private static func changesNothing(
    _ ablation: String, _ runs: [RatedRun], against others: [RatedRun]
  ) -> Bool {
    guard !runs.isEmpty else { return false }
    let keys = runs.map(\.details.artifact)
    if keys.allSatisfy({ $0 != nil }), keys == others.map(\.details.artifact) { return true }
    let acts = ablation.components(separatedBy: " + ").map(Ablation.named)
    guard acts.allSatisfy({ $0?.changesMask == true }) else { return false }
    return runs.allSatisfy { run in
      !run.details.layers.isEmpty
        && run.details.layers.allSatisfy { $0.kept == 0 || $0.kept == $0.size }
    }
  }
}

/// Two arms at one density.
struct ComparisonCell {
  /// One replicate's runs of both arms.
  struct Pair {
    let treated, control: RatedRun
  }

  /// Why sameness cannot be claimed, whatever the numbers are.
  enum Block: Hashable {
    /// A replicate lacks a run of one arm.
    case missing
    /// A run of either arm failed.
    case failed
    /// Each arm has one accuracy in all its runs, and nothing tells whether they give all examples one class: what
    /// differs in nothing was not replicated.
    case withoutSpread
  }

  let density: Density
  /// What the runs are rated by.
  let metric: Metric
  /// By replicate.
  let pairs: [Pair]
  /// Replicates that lack a run of either arm.
  let missing: [Int]
  /// Treated minus control in the metric's unit; a run that diverged counts as one that gives all examples the
  /// commonest class. `nil` below two pairs, and where a run diverged whose metric has no such value.
  let comparison: DensityComparison?
  /// The mean over test examples too; `nil` where the runs' answers are not known.
  let crossed: CrossedComparison?
  /// The mean difference; `nil` without a pair of values.
  let mean: Double?

  init(
    _ density: Density, _ treated: [RatedRun], _ control: [RatedRun], replicates: [Int],
    terms: AblationTerms
  ) throws {
    self.density = density
    let settings = terms.settings
    let others = Dictionary(control.map { ($0.replicate, $0) }) { first, _ in first }
    let pairs = treated.compactMap { run in
      others[run.replicate].map { Pair(treated: run, control: $0) }
    }
    self.pairs = pairs
    missing = replicates.filter { replicate in
      !pairs.contains { $0.treated.replicate == replicate }
    }
    metric = settings.metric
    let values = [\Pair.treated, \Pair.control].map { arm in
      pairs.compactMap { $0[keyPath: arm].value ?? settings.diverged }
    }
    guard pairs.count > 1, values.allSatisfy({ $0.count == pairs.count }) else {
      comparison = nil
      crossed = nil
      let isPair = values.allSatisfy { $0.count == 1 } && pairs.count == 1
      mean = isPair ? values[0][0] - values[1][0] : nil
      return
    }
    let found = try DensityComparison(
      treated: values[0], control: values[1],
      rule: try DecisionRule(margin: settings.margin, alpha: settings.alpha),
      floor: settings.floor)
    comparison = found
    mean = found.summary.mean
    crossed = try Self.crossed(pairs, found, settings)
  }

  /// Every row of a treated arm has what test examples add to its comparison; they agree where none of the runs is
  /// missing.
  private static func crossed(
    _ pairs: [Pair], _ found: DensityComparison, _ settings: AblationSettings
  ) throws -> CrossedComparison? {
    guard settings.metric.isShare, let examples = settings.examples, examples > 1,
      let first = pairs.first?.treated.details, let spread = first.examplesDeviation,
      let residual = first.residualDeviation,
      pairs.allSatisfy({
        $0.treated.details.examplesDeviation == spread
          && $0.treated.details.residualDeviation == residual
      })
    else { return nil }
    return try CrossedComparison(
      differences: found.differences, exampleCount: examples,
      spread: CrossedComparison.Spread(examples: spread, residual: residual))
  }

  /// Why sameness cannot be claimed here; `nil` where it may be.
  var block: Block? {
    if pairs.contains(where: { $0.treated.hasFailed || $0.control.hasFailed }) { return .failed }
    if lacksSpread { return .withoutSpread }
    return missing.isEmpty && comparison != nil ? nil : .missing
  }

  /// Whether nothing can be said: every run of both arms failed, neither arm was replicated, or a run diverged whose
  /// metric then has no value.
  var isVoid: Bool {
    lacksSpread || pairs.allSatisfy { $0.treated.hasFailed && $0.control.hasFailed }
      || comparison == nil && pairs.contains { $0.treated.hasDiverged || $0.control.hasDiverged }
  }

  private var lacksSpread: Bool {
    guard pairs.count > 2 else { return false }
    return [\Pair.treated, \Pair.control].allSatisfy { arm in
      let runs = pairs.map { $0[keyPath: arm] }
      return Set(runs.map(\.value)).count == 1
        && runs.allSatisfy { $0.details.predictedClasses == nil }
    }
  }
}
