import Recipes
import Statistics
import Suites

/// The verdicts of an ablation suite.
struct AblationAnalysis {
  let terms: AblationTerms
  let table: RunTable
  /// Every method under each of its ablations, method by method, then every method against random pruning.
  let comparisons: [JudgedComparison]
  /// Random pruning under ablations that only draw its masks anew: no difference by construction, so no claim.
  let nullControls: [ArmComparison]
  /// Methods under ablations of which no replicate has runs of both arms, or whose method was never run
  /// unablated: nothing can be said about them.
  let incomparable: [Arm]
  private let places: [Arm: Int]

  /// Judges `records` by `terms`.
  init(_ records: [RunRecord], terms: AblationTerms) throws {
    self.terms = terms
    let table = RunTable(records, terms.settings)
    self.table = table
    var (claimed, controls, incomparable) = ([ArmComparison](), [ArmComparison](), [Arm]())
    for arm in table.ablatedArms {
      let control = Arm(method: arm.method)
      guard let comparison = try ArmComparison(arm, with: control, in: table, terms: terms)
      else {
        incomparable.append(arm)
        continue
      }
      if arm.method == terms.settings.randomMethod, Self.drawsAnew(arm.ablation) {
        controls.append(comparison)
      } else {
        claimed.append(comparison)
      }
    }
    if let random = terms.settings.randomMethod, table.methods.contains(random) {
      claimed += try table.methods.filter { $0 != random }.compactMap {
        try ArmComparison(Arm(method: $0), with: Arm(method: random), in: table, terms: terms)
      }
    }
    guard !(claimed + controls).isEmpty else { throw RecordsError.nothingToCompare }
    let judged = try Self.judged(claimed, terms.settings)
    comparisons = judged
    places = Dictionary(
      uniqueKeysWithValues: judged.indices.map { (judged[$0].comparison.treated, $0) })
    nullControls = controls
    self.incomparable = incomparable
  }

  /// The comparisons with their verdicts: one family, or one for each ablation, as the terms have it.
  private static func judged(
    _ comparisons: [ArmComparison], _ settings: AblationSettings
  ) throws -> [JudgedComparison] {
    func family(_ comparison: ArmComparison) -> String {
      switch settings.family {
      case .suite: ""
      case .ablation: comparison.treated.ablation
      }
    }
    var judged: [Arm: JudgedComparison] = [:]
    for members in Dictionary(grouping: comparisons, by: family).values {
      let claims = try AblationClaims(members, settings)
      for (index, comparison) in members.enumerated() {
        judged[comparison.treated] = JudgedComparison(
          comparison: comparison, verdicts: claims.verdicts(index))
      }
    }
    return comparisons.compactMap { judged[$0.treated] }
  }

  /// Whether ablations of a random mask only give another random mask.
  static func drawsAnew(_ ablation: String) -> Bool {
    ablation.components(separatedBy: " + ").map(Ablation.named).allSatisfy {
      $0?.changesMask == true || $0?.inverts == true
    }
  }

  /// The verdicts on a method under an ablation, or itself against random pruning.
  subscript(arm: Arm) -> JudgedComparison? { places[arm].map { comparisons[$0] } }
}

/// A comparison with what is claimed of each of its densities.
struct JudgedComparison {
  let comparison: ArmComparison
  /// From the densest density on.
  let verdicts: [DensityVerdict]

  /// Densities at which sameness is shown: from the densest on without a gap.
  var maintained: [DensityVerdict] { verdicts.filter(\.isMaintained) }

  /// Whether sameness is shown at every density.
  var isMaintainedEverywhere: Bool { maintained.count == verdicts.count && !verdicts.isEmpty }

  /// Densities at which a difference of this sign is shown.
  func changed(_ change: DensityVerdict.Change) -> [DensityVerdict] {
    verdicts.filter { $0.change == change }
  }

  /// Whether anything is claimed.
  var isDecided: Bool { verdicts.contains { $0.isMaintained || $0.change != nil } }
}
