import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AblationAnalysis {
  /// Which look decided how much, what every arm got, and what the same runs would have bought for all; nothing in
  /// suites of one look.
  var looksSection: ReportSection {
    guard let looks = terms.severalLooks else { return ReportSection() }
    return ReportSection(blocks: [
      .heading(2, "How many replicates it took"), .paragraph(Self.rule(looks, margin: margin)),
      .table(table(of: looks)), .paragraph(.init(cost)),
      .details(summary: "Replicates of every arm", [.table(replicates)]),
    ])
  }

  private var margin: String {
    terms.settings.metric.amount(Format.significant(terms.settings.margin))
  }

  private static func rule(_ looks: Looks, margin: String) -> Markdown.Text {
    """
    A density of a comparison is decided where sameness is shown, or a difference larger than \(margin). What is \
    decided is not run again, unless its runs are needed elsewhere, and its verdict stands on the runs up to that \
    look; what is open goes on, with the null control beside it. The looks share α as (n / \(Format.count(looks.last))) to the \
    power \(Format.significant(looks.exponent)) grows, so that looking often makes no claim more likely to be false.
    """
  }

  private func table(of looks: Looks) -> Markdown.Table {
    let verdicts = comparisons.flatMap(\.verdicts)
    var rows = Markdown.Table([
      .number("look"), .number("replicates"), .number("part of α"), .number("sameness decided"),
      .number("larger difference decided"), .number("open after it"),
    ])
    var open = verdicts.count { $0.decidedAt != nil || $0.isOpen }
    for (index, size) in looks.sizes.enumerated() {
      let decided = verdicts.filter { $0.decidedAt == index + 1 }
      let same = decided.count(where: \.isMaintained)
      open -= decided.count
      let before = index == 0 ? 0 : looks.sizes[index - 1]
      let isTaken = verdicts.contains { $0.cell.pairs.count > before }
      rows.append(
        plain: [
          "\(index + 1)", "\(size)", Format.percent(looks.shares[index], significant: 2),
        ]
          + (isTaken
            ? ["\(same)", "\(decided.count - same)", "\(open)"]
            : Array(repeating: "not needed", count: 3)))
    }
    return rows
  }

  private var cost: String {
    let counts = table.methods.flatMap { method in
      table.arms(of: method).flatMap { arm in
        table.densities.map { table.runs(arm, $0).count }.filter { $0 > 0 }
      }
    }
    let (runs, most) = (counts.reduce(0, +), counts.max() ?? 0)
    let void = comparisons.flatMap(\.verdicts).count { $0.decidedAt == nil && !$0.isOpen }
    return
      "\(Format.count(runs, "run")) in all, of \(Format.count(counts.count, "arm")) and densities: as many as "
      + "\(Format.number(Double(runs) / Double(max(1, counts.count)), digits: 1)) replicates of every arm at every "
      + "density, where \(most) of each would have been \(Format.count(most * counts.count))."
      + (void == 0
        ? ""
        : " \(Format.count(void, "density of a comparison", plural: "densities of comparisons")) allowed no "
          + "statement, as every run failed or none differed, and \(void == 1 ? "was" : "were") not run again.")
  }

  private var replicates: Markdown.Table {
    var rows = Markdown.Table(
      [.text("method"), .text("ablation")]
        + table.densities.map { .number(.init(Format.percent($0.value))) })
    for method in table.methods {
      for arm in table.arms(of: method) {
        rows.append(
          plain: [arm.method, arm.ablation]
            + table.densities.map { density in
              let count = table.runs(arm, density).count
              return count == 0 ? Format.missing : "\(count)"
            })
      }
    }
    return rows
  }
}
