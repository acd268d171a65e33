import Recipes
import Suites
import Wording

extension LotteryDesign {
  static let decides = true

  /// What is open goes on with both its arms, and the ladder down to it.
  func undecided(after rows: [LotteryRun], _ terms: Terms<LotterySettings>) throws
    -> Undecided<Self>
  {
    let analysis = try LotteryAnalysis(rows, terms)
    var (places, open, all) = (Set<Place>(), 0, 0)
    for judged in analysis.comparisons {
      let group = judged.comparison.group
      all += judged.verdicts.count
      for verdict in judged.verdicts where verdict.isOpen {
        open += 1
        for arm in [judged.comparison.treated, judged.comparison.control] {
          places.insert(
            Place(
              arm: arm, isTransferred: group.isTransferred, rewind: group.rewind,
              density: arm == .dense ? .one : verdict.cell.density))
        }
        // The ladder is known to go down to here by its ticket.
        places.insert(
          Place(
            arm: .ticket, isTransferred: group.isTransferred, rewind: group.rewind,
            density: verdict.cell.density))
      }
    }
    var design = self
    design.open = places
    return Undecided(design, open: open, of: all)
  }

  func plannedClaims(_ rows: [LotteryRun], _ terms: Terms<LotterySettings>) throws
    -> PlannedClaims?
  {
    let settings = terms.settings
    let known = rows.isEmpty ? [] : try LotteryAnalysis(rows, terms).comparisons.map(\.comparison)
    let comparisons = settings.groups.flatMap { group in
      settings.arms(of: group).flatMap { arm in
        [LotteryArm.dense, .ticket].filter { $0 != arm }.map { control in
          let cells =
            known.first { ($0.group, $0.treated, $0.control) == (group, arm, control) }?.cells ?? []
          return PlannedClaims.Comparison(
            name: "\(arm.words) against the \(control.words), \(settings.title(group))",
            family: rules.family == .suite ? "" : arm.words, weight: 1,
            arms: [arm, control].map { "\($0.words), \(settings.title(group))" },
            sameness: control == .dense ? .noWorse : .withinMargin,
            densities: settings.primary.sorted(by: >).filter { density in
              arm == .ticket || controls.densities?.contains(density) ?? true
            },
            deviations: cells.deviations)
        }
      }
    }
    return PlannedClaims(comparisons, try settings.rule, .accuracy)
  }
}

extension LotteryAnalysis {
  /// How many replicates it took; nothing in suites of one look.
  var looksSection: ReportSection {
    guard let looks = terms.severalLooks else { return ReportSection() }
    let arms = groups.flatMap { group in
      settings.arms(of: group).map { arm in
        ReportSection.ReplicatedArm(
          arm.words + (groups.count > 1 ? ", \(settings.title(group))" : ""),
          replicates: Dictionary(
            uniqueKeysWithValues: settings.densities.map { density in
              (density, Set(runs(group, arm, density).map(\.replicate)).count)
            }), runs: settings.densities.reduce(0) { $0 + runs(group, arm, $1).count })
      }
    }
    return .looks(
      looks, comparisons.flatMap(\.verdicts), arms,
      margin: "\(Format.significant(settings.margin)) points")
  }
}
