import Recipes
import Statistics
import Suites

/// The verdicts of an ablation suite.
struct AblationAnalysis {
  let terms: AblationTerms
  let table: RunTable
  /// Every method under each of its ablations, method by method, then every method against random pruning.
  let comparisons: [JudgedComparison<ArmComparison>]
  /// Random pruning under ablations that only draw its masks anew: no difference by construction, so no claim.
  let nullControls: [ArmComparison]
  /// Methods under ablations of which no replicate has runs of both arms, or whose method was never run
  /// unablated: nothing can be said about them.
  let incomparable: [Arm]
  private let places: [Arm: Int]

  /// Judges `records` by `terms`.
  init(_ records: [RunRecord], terms: AblationTerms) throws {
    self.terms = terms
    let looks = records.compactMap(\.details.look).max() ?? 0
    guard looks == 0 || terms.looks != nil else { throw RecordsError.looksWithoutDesign(looks) }
    let table = RunTable(records, terms.settings)
    self.table = table
    var (claimed, controls, incomparable) = ([ArmComparison](), [ArmComparison](), [Arm]())
    for arm in table.ablatedArms {
      let control = Arm(method: arm.method)
      let isControl = arm.method == terms.settings.randomMethod && Self.drawsAnew(arm.ablation)
      guard
        let comparison = try ArmComparison(
          arm, with: control, in: table, terms: terms, claims: !isControl)
      else {
        incomparable.append(arm)
        continue
      }
      if isControl {
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
    let judged = try Self.judged(claimed, terms)
    comparisons = judged
    places = Dictionary(
      uniqueKeysWithValues: judged.indices.map { (judged[$0].comparison.treated, $0) })
    nullControls = controls
    self.incomparable = incomparable
  }

  /// The comparisons with their verdicts: one family, or one for each ablation, as the terms have it.
  private static func judged(
    _ comparisons: [ArmComparison], _ terms: AblationTerms
  ) throws -> [JudgedComparison<ArmComparison>] {
    func family(_ comparison: ArmComparison) -> String {
      switch terms.settings.family {
      case .suite: ""
      case .ablation: comparison.treated.ablation
      }
    }
    var judged: [Arm: JudgedComparison<ArmComparison>] = [:]
    let scale = try terms.scale
    for members in Dictionary(grouping: comparisons, by: family).values {
      for member in try FamilyClaims(members, scale).judged {
        judged[member.comparison.treated] = member
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

  /// Random pruning under a shuffle, the null control that reports show; `nil` where the suite has none.
  var shuffle: ArmComparison? {
    nullControls.first { $0.treated.ablation == Ablation.shuffle.name }
  }

  /// The verdicts on a method under an ablation, or itself against random pruning.
  subscript(arm: Arm) -> JudgedComparison<ArmComparison>? { places[arm].map { comparisons[$0] } }
}

extension AblationAnalysis {
  /// Everything that the claims rest on, density by density.
  var differenceSection: ReportSection {
    get throws {
      let scale = try terms.scale
      return DifferenceTable(comparisons, scale.rule, metric: scale.metric).section
    }
  }
}
