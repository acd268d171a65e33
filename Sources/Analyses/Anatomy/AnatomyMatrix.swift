import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AnatomyMasks {
  /// Every two methods at every density as a figure: what they share beyond chance.
  var matrixSection: ReportSection {
    guard methods.count > 1, !pairs.isEmpty else { return ReportSection() }
    let panels = comparedDensities.map { density in
      HeatMap.Panel(
        Format.percent(density.value),
        methods.map { row in methods.map { excess(row, $0, density) } })
    }
    var section = ReportSection("Every two methods")
    section.show(
      Figure(
        title: "What every two methods' masks share beyond chance",
        alternative:
          "A matrix for each of \(Format.list(comparedDensities.map { Format.percent($0.value) }, limit: 12)) with a row and a"
          + " column for each of \(Format.list(methods, limit: 12)). The tables below hold the numbers.",
        .cells(
          HeatMap(
            panels, rows: methods, columns: methods,
            label: "Jaccard of two masks less what chance gives, mean over replicates"))),
      as: "overlaps",
      caption:
        "Two methods' masks of one replicate; on the diagonal one method's masks of two replicates. 0: as random masks"
        + " with the same number of weights in every layer. Crossed out: no such pair.")
    return section
  }

  /// What the masks of two methods share beyond chance, or one method's of different replicates, on average; `nil`
  /// without a pair.
  func excess(_ one: String, _ other: String, _ density: Density) -> Double? {
    let found =
      one == other
      ? pairs.filter {
        $0.sort == .seeds && $0.first.method == one && $0.density == density
      }
      : pairs(one, other, density)
    return found.isEmpty ? nil : Sample.mean(found.map(\.excess))
  }
}
