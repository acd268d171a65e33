import Recipes
import Reports
import Statistics

extension ReportSection {
  /// Differences at single densities: descriptive, not tested.
  static func differences(_ analysis: AblationAnalysis) -> ReportSection {
    let table = analysis.table
    let arms = Arms(terms: analysis.terms, table: table)
    var rows = Markdown.Table(
      [.text("method"), .text("ablation")]
        + table.densities.map { .number(.init(Format.percent($0.value))) })
    for method in table.methods {
      for ablation in table.ablations(of: method) {
        rows.append(
          [Markdown.Text(method), Markdown.Text(ablation)]
            + table.densities.map { density in
              let others = Set(table.densities).subtracting([density])
              let result = try? arms.compare(
                (method, ablation), with: (method, RunRecord.unablated), leavingOut: others)
              return .init(result?.comparison.difference ?? Format.missing)
            })
      }
    }
    let level = Format.percent(analysis.terms.rule.intervalLevel)
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
