import Randomness
import Recipes
import Statistics

/// The verdicts of an ablation suite.
struct AblationAnalysis {
  let terms: AblationTerms
  let table: RunTable
  /// One finding per method and ablation, method by method.
  let findings: [Finding]
  /// Methods under ablations of which no replicate has runs of both arms at every primary density that both
  /// have, or whose method was never run unablated: nothing can be said about them.
  let incomparable: [(method: String, ablation: String)]
  /// Every method against random pruning; empty where nothing prunes at random.
  let againstRandom: [String: Arms.Result]

  /// Judges `records` by `terms`.
  init(_ records: [RunRecord], terms: AblationTerms) throws {
    self.terms = terms
    table = RunTable(records)
    let arms = Arms(terms: terms, table: table)
    var againstRandom: [String: Arms.Result] = [:]
    if let random = terms.randomMethod, table.methods.contains(random) {
      for method in table.methods where method != random {
        againstRandom[method] = try arms.compare(
          (method, RunRecord.unablated), with: (random, RunRecord.unablated))
      }
    }
    self.againstRandom = againstRandom
    var (findings, incomparable) = ([Finding](), [(method: String, ablation: String)]())
    for method in table.methods {
      for ablation in table.ablations(of: method) {
        guard
          let whole = try arms.compare((method, ablation), with: (method, RunRecord.unablated))
        else {
          incomparable.append((method, ablation))
          continue
        }
        let cut = Set(
          (table.runs(method, ablation) + table.runs(method, RunRecord.unablated))
            .filter { $0.details.connected == false }.map(\.density))
        findings.append(
          Finding(
            method: method, ablation: ablation, comparison: whole.comparison,
            densities: whole.densities, lacking: whole.lacking, leftOut: whole.leftOut,
            diverged: whole.diverged,
            withoutDiverged: whole.diverged == 0
              ? nil
              : try arms.compare(
                (method, ablation), with: (method, RunRecord.unablated), countsDiverged: false)?
                .comparison,
            disconnected: whole.densities.filter(cut.contains),
            whereConnected: cut.isDisjoint(with: whole.densities)
              ? nil
              : try arms.compare(
                (method, ablation), with: (method, RunRecord.unablated), leavingOut: cut)?
                .comparison,
            standing: Self.standing(
              method, ablation, whole, terms: terms,
              againstRandom: againstRandom[method]?.comparison,
              hasRandom: terms.randomMethod.map(table.methods.contains) ?? false)))
      }
    }
    guard !findings.isEmpty else { throw RecordsError.nothingToCompare }
    let equivalence = try holmAdjusted(
      findings.map { $0.comparison.inference?.equivalenceTest.pValue ?? 1 })
    let difference = try holmAdjusted(
      findings.map { $0.comparison.inference?.tTest.pValue ?? 1 })
    for index in findings.indices {
      findings[index].adjustedEquivalence = equivalence[index]
      findings[index].adjustedDifference = difference[index]
    }
    self.findings = findings
    self.incomparable = incomparable
  }

  /// The null control: random pruning's own shuffle.
  var nullControl: Finding? {
    findings.first { $0.method == terms.randomMethod && $0.ablation == Ablation.shuffle.rawValue }
  }

  private static func standing(
    _ method: String, _ ablation: String, _ arms: Arms.Result, terms: AblationTerms,
    againstRandom: PairedComparison?, hasRandom: Bool
  ) -> Finding.Standing {
    if arms.means.allSatisfy({ $0 <= terms.chance + terms.rule.margin }) { return .atChance }
    // A question about arithmetic, to which a random mask answers as well as any.
    if ablation == Ablation.bfloat16.rawValue { return .informative }
    if method == terms.randomMethod { return .nullControl }
    guard hasRandom else { return .informative }
    // What was never compared with random pruning is not shown to differ from it either.
    switch againstRandom?.verdict {
    case .lowered, .raised: return .informative
    case .maintained, .undecided, nil: return .likeRandom
    }
  }
}

/// What a suite found about one method under one ablation.
struct Finding {
  /// Whether a verdict can say something about the method.
  enum Standing: Hashable {
    case informative
    /// The method prunes at random: its ablations show what nothing looks like.
    case nullControl
    /// The method itself is not shown to differ from random pruning.
    case likeRandom
    /// Both arms are at chance.
    case atChance
  }

  let method: String
  let ablation: String
  /// Ablated minus unablated accuracy, averaged over the primary densities, paired by replicate.
  let comparison: PairedComparison
  /// The primary densities at which some replicate was run in both arms.
  let densities: [Density]
  /// The other primary densities: an arm has no runs there, so that nothing is decided.
  let lacking: [Density]
  /// Replicates that lack a run of either arm at one of ``densities``, and so count for nothing.
  let leftOut: [Int]
  /// Runs of either arm that diverged; they count as chance.
  let diverged: Int
  /// The comparison without them.
  let withoutDiverged: PairedComparison?
  /// Primary densities at which a mask of either arm leaves no path in some replicate.
  let disconnected: [Density]
  /// The comparison over the other primary densities; `nil` where there are none.
  let whereConnected: PairedComparison?
  let standing: Standing
  /// Holm-adjusted p-values over all findings.
  var adjustedEquivalence = 1.0
  var adjustedDifference = 1.0

  /// Whether the verdict stands as a finding about the method.
  var isInformative: Bool { standing == .informative }
}

/// Pairs the runs of two arms by replicate.
struct Arms {
  let terms: AblationTerms
  let table: RunTable

  struct Result {
    let comparison: PairedComparison
    /// Densities at which some replicate has runs of both arms.
    let densities: [Density]
    /// Densities at which none has.
    let lacking: [Density]
    /// Replicates that lack one of ``densities``.
    let leftOut: [Int]
    /// Runs of the others that diverged.
    let diverged: Int
    /// Mean accuracies of both arms.
    let means: [Double]
  }

  /// The paired comparison of two arms; `nil` where no replicate has runs of both.
  ///
  /// One number per arm and replicate: the accuracy averaged over the densities at which every run of
  /// that replicate exists in both arms. Replicates that lack a density which others have are left out. Where
  /// the terms name no primary densities, they are those of either arm.
  func compare(
    _ treated: (method: String, ablation: String), with control: (method: String, ablation: String),
    leavingOut: Set<Density> = [], countsDiverged: Bool = true
  ) throws -> Result? {
    let either = table.densities.filter { density in
      [treated, control].contains { !table.runs($0.method, $0.ablation, density).isEmpty }
    }
    let wanted = (terms.primary ?? either).sorted(by: >).filter { !leavingOut.contains($0) }
    let densities = wanted.filter { density in
      let runs = [treated, control].map { arm in
        Set(table.runs(arm.method, arm.ablation, density).map(\.replicate))
      }
      return !runs[0].isDisjoint(with: runs[1])
    }
    var samples: (treated: [Double], control: [Double]) = ([], [])
    var (diverged, leftOut) = (0, [Int]())
    for replicate in replicates(treated, control) {
      var sums = (treated: 0.0, control: 0.0, count: 0)
      let runs = densities.compactMap { density in
        run(treated, density, replicate).flatMap { first in
          run(control, density, replicate).map { (first, $0) }
        }
      }
      guard runs.count == densities.count else {
        leftOut.append(replicate)
        continue
      }
      for (first, second) in runs {
        let fallen = [first, second].count { $0.accuracy == nil }
        diverged += fallen
        if fallen > 0, !countsDiverged { continue }
        sums.treated += first.accuracy ?? terms.chance
        sums.control += second.accuracy ?? terms.chance
        sums.count += 1
      }
      guard sums.count > 0 else { continue }
      samples.treated.append(sums.treated / Double(sums.count))
      samples.control.append(sums.control / Double(sums.count))
    }
    guard !samples.treated.isEmpty else { return nil }
    var stream = RandomStream(
      StreamPath(seed: terms.seed) / "bootstrap" / treated.method / treated.ablation
        / control.method)
    return Result(
      comparison: try PairedComparison(
        treated: samples.treated, control: samples.control, rule: terms.rule, resamples: 10_000,
        stream: &stream),
      densities: densities, lacking: wanted.filter { !densities.contains($0) },
      leftOut: leftOut, diverged: diverged,
      means: [samples.treated, samples.control].map { $0.reduce(0, +) / Double($0.count) })
  }

  private func replicates(
    _ treated: (method: String, ablation: String), _ control: (method: String, ablation: String)
  ) -> [Int] {
    let all = [treated, control].map { arm in
      Set(table.runs(arm.method, arm.ablation).map(\.replicate))
    }
    return all[0].intersection(all[1]).sorted()
  }

  private func run(
    _ arm: (method: String, ablation: String), _ density: Density, _ replicate: Int
  ) -> RunRecord? {
    table.runs(arm.method, arm.ablation, density).first { $0.replicate == replicate }
  }
}
