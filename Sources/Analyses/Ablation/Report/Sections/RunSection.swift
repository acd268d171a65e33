import Recipes
import Reports
import Suites
import Wording

extension AblationAnalysis {
  /// What the metric says of every run.
  var runSection: ReportSection {
    let replicates = Set(
      table.methods.flatMap { method in
        table.arms(of: method).flatMap { table.runs($0).map(\.replicate) }
      }
    ).sorted()
    var rows = Markdown.Table(
      [.text("method"), .text("ablation"), .number("density")]
        + replicates.map { .number(.init("replicate \($0)")) })
    for run in table.dense.prefix(1) {
      rows.append(plain: row(run.method, run.ablation, run.density, table.dense, replicates))
    }
    for method in table.methods {
      for arm in table.arms(of: method) {
        for density in table.densities {
          rows.append(
            plain: row(arm.method, arm.ablation, density, table.runs(arm, density), replicates)
          )
        }
      }
    }
    return ReportSection(blocks: [
      .heading(2, "Runs"),
      .paragraph("Everything recorded about each run is in \("records.csv", link: "records.csv")."),
      .details(
        summary:
          "\(terms.settings.metric.title) of every run\(terms.settings.metric.scale.map { " in \($0)" } ?? "")",
        [.table(rows)]),
    ])
  }

  private func row(
    _ method: String, _ ablation: String, _ density: Density, _ runs: [RatedRun],
    _ replicates: [Int]
  ) -> [String] {
    [method, ablation, Format.percent(density.value)]
      + replicates.map { replicate in
        guard let run = runs.first(where: { $0.replicate == replicate }) else {
          return Format.missing
        }
        return run.value.map { Format.number($0, digits: terms.settings.metric.digits) }
          ?? "diverged"
      }
  }
}
