import Recipes
package import Suites

extension AblationDesign {
  package static let decides = true

  /// What is open goes on with both its arms; random's arms go on with it, as they are the null control.
  package func undecided(after rows: [RunRecord], _ terms: AblationTerms) throws -> Undecided<Self>
  {
    let analysis = try AblationAnalysis(rows, terms: terms)
    let controls = [analysis.shuffle].compactMap { $0 }.flatMap { [$0.treated, $0.control] }
    var (places, open, all) = (Set<Place>(), 0, 0)
    for judged in analysis.comparisons {
      all += judged.verdicts.count
      for verdict in judged.verdicts where verdict.isOpen {
        open += 1
        for arm in [judged.comparison.treated, judged.comparison.control] + controls {
          places.insert(Place(arm: arm, density: verdict.cell.density))
        }
      }
    }
    var design = self
    design.open = places
    return Undecided(design, open: open, of: all)
  }

  package func plannedClaims(_ rows: [RunRecord], _ terms: AblationTerms) throws -> PlannedClaims? {
    let judged = rows.isEmpty ? nil : try? AblationAnalysis(rows, terms: terms)
    let primary = densities.filter(terms.settings.isPrimary).sorted(by: >)
    let comparisons = methods.flatMap { method in
      methods.comparisons(of: method).map { ablation in
        let arm = Arm(method: method.name, ablation: ablation)
        let control = Arm(
          method: ablation == RunRecord.unablated
            ? terms.settings.randomMethod ?? "" : method.name)
        let cells = judged?[arm]?.comparison.cells ?? []
        return PlannedClaims.Comparison(
          name: ArmComparison.name(arm, against: terms.settings.randomMethod),
          family: rules.family == .suite ? "" : ablation, weight: terms.settings.weight(of: arm),
          arms: [arm, control].map { "\($0.method) · \($0.ablation)" }, densities: primary,
          deviations: cells.deviations)
      }
    }
    return PlannedClaims(comparisons, try terms.scale.rule, terms.settings.metric)
  }
}
