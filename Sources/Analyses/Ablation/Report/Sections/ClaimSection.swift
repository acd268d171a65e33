import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AblationAnalysis {
  /// Every comparison in sentences.
  var claimSection: ReportSection { .sentences(comparisons, margin: terms.settings.margin) }

  /// What must come out, density by density: no difference where there can be none, and a difference somewhere.
  var controlSection: ReportSection {
    var section = ReportSection()
    section.blocks.append(.heading(2, "Controls"))
    if let shuffle {
      section.blocks.append(
        .paragraph(
          """
          Shuffling random pruning's own masks can change nothing, so its differences show what nothing \
          looks like; they are no claims and choose no densities. Sameness at a density says more where \
          the suite does see a difference there.
          """))
      var rows = Markdown.Table([
        .text("density"), .number("random's shuffle − random"), .text("differences seen there"),
      ])
      for density in table.densities {
        let cell = shuffle.all.first { $0.density == density }
        rows.append([
          .init(Format.percent(density.value)), .init(difference(cell, shuffle, density)),
          .init(seen(at: density)),
        ])
      }
      section.blocks.append(.table(rows))
      section.blocks += unresolved(shuffle)
    } else {
      section.blocks.append(
        .paragraph(
          """
          \(strong: "No null control:") the suite does not shuffle random pruning, whose \(terms.settings.metric.name) no \
          shuffle can change.
          """))
    }
    return section
  }

  /// Told where even the null control cannot be seen to change nothing.
  private func unresolved(_ shuffle: ArmComparison) -> [Markdown.Block] {
    let margin = terms.settings.margin
    let coarse = shuffle.all.filter { cell in
      guard let interval = cell.comparison?.interval else { return !cell.pairs.isEmpty }
      return !(-margin < interval.lower && interval.upper < margin)
    }
    guard !coarse.isEmpty else { return [] }
    let amount = terms.settings.metric.amount(Format.significant(margin))
    return [
      .paragraph(
        """
        \(strong: "Not resolved at \(coarse.map(\.density).words)"): the null control's own interval leaves \
        ±\(amount) there, though nothing can differ. Random masks differ that much from each other, and so many \
        replicates resolve no margin this small for random pruning, nor for what spreads like it.
        """)
    ]
  }

  private func difference(
    _ cell: ComparisonCell?, _ comparison: ArmComparison, _ density: Density
  ) -> String {
    if comparison.idle.contains(density) { return "nothing to shuffle" }
    return cell?.difference ?? Format.missing
  }

  private func seen(at density: Density) -> String {
    let names = comparisons.filter { judged in
      judged.verdicts.contains { $0.cell.density == density && $0.change != nil }
    }.map(\.comparison.name)
    return names.isEmpty ? "none" : Format.list(names, limit: 3)
  }
}
