import Recipes
import Statistics
import Suites

/// The verdicts of an ablation suite.
struct AblationAnalysis {
  let terms: AblationTerms
  /// Margin and level of every verdict.
  let rule: DecisionRule
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
    rule = try DecisionRule(margin: terms.settings.margin, alpha: terms.settings.alpha)
    table = RunTable(records)
    let arms = Arms(terms: terms, rule: rule, table: table)
    var againstRandom: [String: Arms.Result] = [:]
    if let random = terms.settings.randomMethod, table.methods.contains(random) {
      for method in table.methods where method != random {
        againstRandom[method] = try arms.compare(
          (method, RunRecord.unablated), with: (random, RunRecord.unablated))
      }
    }
    self.againstRandom = againstRandom
    var (findings, incomparable) = ([Finding](), [(method: String, ablation: String)]())
    for method in table.methods {
      for ablation in table.ablations(of: method) {
        func compare(leavingOut: Set<Density> = [], countsDiverged: Bool = true) throws
          -> Arms.Result?
        {
          try arms.compare(
            (method, ablation), with: (method, RunRecord.unablated), leavingOut: leavingOut,
            countsDiverged: countsDiverged)
        }
        guard let whole = try compare() else {
          incomparable.append((method, ablation))
          continue
        }
        let cut = table.cut(method, ablation).union(table.cut(method, RunRecord.unablated))
        findings.append(
          Finding(
            method: method, ablation: ablation, comparison: whole.comparison,
            densities: whole.pairing.densities, lacking: whole.pairing.lacking,
            leftOut: whole.pairing.leftOut, diverged: whole.pairing.diverged,
            withoutDiverged: whole.pairing.diverged == 0
              ? nil
              : try compare(countsDiverged: false)?.comparison,
            disconnected: whole.pairing.densities.filter(cut.contains),
            whereConnected: cut.isDisjoint(with: whole.pairing.densities)
              ? nil
              : try compare(leavingOut: cut)?.comparison,
            standing: Self.standing(
              method, ablation, whole, terms: terms,
              againstRandom: againstRandom[method]?.comparison,
              hasRandom: terms.settings.randomMethod.map(table.methods.contains) ?? false)))
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
    findings.first {
      $0.method == terms.settings.randomMethod && $0.ablation == Ablation.shuffle.name
    }
  }

  private static func standing(
    _ method: String, _ ablation: String, _ arms: Arms.Result, terms: AblationTerms,
    againstRandom: PairedComparison?, hasRandom: Bool
  ) -> Finding.Standing {
    if arms.means.allSatisfy({ $0 <= terms.settings.chance + terms.settings.margin }) {
      return .atChance
    }
    // A question about arithmetic, to which a random mask answers as well as any.
    if case .training? = Ablation.named(ablation)?.stage { return .informative }
    if method == terms.settings.randomMethod { return .nullControl }
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
