import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AnatomyMasks {
  /// What ablated masks share with those that they were made of; shuffled ones are the null control by construction.
  func ablationSection(_ settings: AnatomySettings) -> ReportSection {
    let ablations = pairs.filter { $0.sort == .ablations }
    guard !ablations.isEmpty else { return ReportSection() }
    var table = Self.table(["mask", "ablation", "density"])
    for ablated in settings.ablated {
      for density in comparedDensities {
        let own = ablations.filter { $0.first.method == ablated.name && $0.density == density }
        guard !own.isEmpty else { continue }
        table.append(
          plain: [ablated.method, ablated.ablation, Format.percent(density.value)]
            + Self.cells(own))
      }
    }
    var section = ReportSection(
      blocks: [
        .heading(2, "What ablations of masks leave"),
        .paragraph(
          """
          Each ablated mask beside the one that it was made of. Means over replicates; the largest p of them, adjusted by \
          Holm over all \(Format.count(ablations.count, "pair")) of this section.
          """),
      ])
    if let control = shuffleSentence(settings) { section.say(.init(control)) }
    section.blocks.append(.table(table))
    return section
  }

  /// How far shuffled masks lie from what chance gives, which is all that they share with their originals.
  func shuffleSentence(_ settings: AnatomySettings) -> String? {
    // Inverted masks that are shuffled, too, avoid nothing any more.
    let shuffled = Set(settings.ablated.filter(\.isShuffled).map(\.name))
    let own = pairs.filter { $0.sort == .ablations && shuffled.contains($0.first.method) }
    guard let farthest = own.map({ abs($0.test.zScore) }).max() else { return nil }
    let shown = own.count { $0.adjusted < 0.05 }
    return
      "Null control by construction: of \(Format.count(own.count, "shuffled mask")) "
      + "\(shown == 0 ? "none shares" : shown == 1 ? "1 shares" : "\(shown) share") more or less with its original than "
      + "chance gives (adjusted p below 0.05); the farthest lies "
      + "\(Format.number(farthest, digits: 1)) standard deviations from it."
  }
}
