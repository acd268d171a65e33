import Recipes
import Statistics
import Suites

/// A method under an ablation, or itself.
struct Arm: Hashable, Sendable {
  let method: String
  var ablation = RunRecord.unablated

  /// What it is called beside the method's other arms.
  var words: String { ablation == RunRecord.unablated ? "method itself" : ablation }
}

/// Two arms that were run on the same replicates, at every density at which they are compared.
struct ArmComparison: ComparedArms {
  let treated: Arm
  let control: Arm
  /// The densities at which something is claimed, from the densest on.
  var cells: [ComparisonCell]
  /// The other densities, which are shown and decide nothing.
  let exploratory: [ComparisonCell]
  /// Densities at which nothing can differ: every layer is full or empty, or both arms are the same trainings.
  let idle: [Density]

  let weight: Double
  let sameness = Sameness.withinMargin

  /// Whether the method itself stands against random pruning.
  var isAgainstRandom: Bool { treated.method != control.method }

  var name: String { Self.name(treated, against: control.method) }

  /// What the comparison whose treated arm is `arm` is called.
  static func name(_ arm: Arm, against random: String?) -> String {
    arm.ablation == RunRecord.unablated
      ? "\(arm.method) against \(random ?? "random pruning")" : "\(arm.method) · \(arm.ablation)"
  }

  var words: (treated: String, control: String) {
    isAgainstRandom ? (treated.method, control.method) : (treated.ablation, "unablated")
  }

  /// The comparison of two arms of `table` at the densities at which either has runs; `nil` where no replicate has
  /// both at any.
  ///
  /// - Parameter claims: whether anything is claimed of it, so that a density is known to lack the replicates that
  ///   another has.
  init?(
    _ treated: Arm, with control: Arm, in table: RunTable, terms: AblationTerms,
    claims: Bool = true
  ) throws {
    self.treated = treated
    self.control = control
    let settings = terms.settings
    weight = settings.weight(of: treated)
    let tested = table.densities.filter { density in
      [treated, control].contains { !table.runs($0, density).isEmpty }
    }
    let scale = try terms.scale
    let known = Set(
      [treated, control].flatMap { arm in table.densities.flatMap { table.runs(arm, $0) } }
        .map(\.replicate)
    ).sorted()
    // A design counts its replicates from 1; other tables may number them as they like.
    let all = scale.looks == nil ? known : Array(1..<(known.last ?? 0) + 1)
    func paired(at density: Density) -> [Int] {
      Set(table.runs(treated, density).map(\.replicate))
        .intersection(table.runs(control, density).map(\.replicate)).sorted()
    }
    let idle = tested.filter { density in
      let (runs, others) = (table.runs(treated, density), table.runs(control, density))
      return treated.method == control.method
        ? Self.changesNothing(treated.ablation, runs, against: others)
        : (runs + others).allSatisfy(\.keepsAll)
    }
    self.idle = idle
    let cells = try tested.filter { !idle.contains($0) }.map { density in
      try ComparisonCell(
        density, table.runs(treated, density).map { $0.compared(diverged: settings.diverged) },
        table.runs(control, density).map { $0.compared(diverged: settings.diverged) },
        // Where runs go on until all is decided, what decides nothing has the replicates that others need.
        replicates: scale.looks?.areSeveral != true || claims && settings.isPrimary(density)
          ? all : paired(at: density),
        scale: scale)
    }
    self.cells = cells.filter { settings.isPrimary($0.density) }
    exploratory = cells.filter { !settings.isPrimary($0.density) }
    guard !idle.isEmpty || cells.contains(where: { !$0.pairs.isEmpty }) else { return nil }
  }

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
