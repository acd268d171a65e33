import Recipes
package import Suites

extension AblationDesign {
  package static let decides = true

  /// What is open goes on with both its arms; random's arms go on with it, as they are the null control.
  package func undecided(after rows: [RunRecord], _ terms: AblationTerms) throws -> Undecided<Self>?
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
    guard open > 0 else { return nil }
    var design = self
    design.open = places
    return Undecided(design, open: open, of: all)
  }
}
