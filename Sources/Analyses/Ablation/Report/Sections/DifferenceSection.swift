import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AblationAnalysis {
  /// Differences at single densities: descriptive, not tested.
  func differenceSection() throws -> ReportSection {
    let arms = Arms(terms: terms, rule: rule, table: table)
    var rows = Markdown.Table(
      [.text("method"), .text("ablation")]
        + table.densities.map { .number(.init(Format.percent($0.value))) })
    for method in table.methods {
      for ablation in table.ablations(of: method) {
        rows.append(
          plain: [method, ablation]
            + (try table.densities.map { density in
              let found = try arms.difference(
                (method, ablation), from: (method, RunRecord.unablated), at: density)
              return found.map { Format.difference($0.mean, $0.interval, digits: 2) }
                ?? Format.missing
            }))
      }
    }
    let level = Format.percent(rule.intervalLevel)
    return ReportSection(blocks: [
      .heading(2, "Differences at single densities"),
      .paragraph(
        """
        Descriptive: mean paired difference in accuracy points with its \(level) t-interval, not \
        corrected for looking at many. The verdicts above are the tests.
        """), .table(rows),
    ])
  }
}
