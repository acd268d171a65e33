import Recipes
import Reports
import Statistics
import Suites
import Wording

extension ReportSection {
  /// What each method keeps of each layer.
  static func layers(_ analysis: AblationAnalysis) -> ReportSection {
    let table = analysis.table
    let names = layerNames(table)
    guard !names.isEmpty else { return ReportSection() }
    var section = ReportSection(blocks: [.heading(2, "Layer-wise densities")])
    section.show(
      figure(table, names), as: "layers",
      caption: """
        Fraction of each layer that a method keeps, mean over replicates, against the density of all \
        layers together. Shuffling and layer-wise inversion keep these counts.
        """)
    var rows = Markdown.Table(
      [.text("method"), .text("layer")]
        + table.densities.map { .number(.init(Format.percent($0.value))) })
    for method in table.methods {
      for name in names {
        rows.append(
          [Markdown.Text(method), "\(code: name)"]
            + table.densities.map { density in
              .init(Format.percent(mean(table.runs(Arm(method: method), density), name)))
            })
      }
    }
    section.blocks.append(.table(rows))
    return section
  }

  private static func layerNames(_ table: RunTable) -> [String] {
    table.methods.lazy.flatMap { table.runs(Arm(method: $0)) }.map(\.details.layers)
      .first { !$0.isEmpty }?.map(\.name) ?? []
  }

  private static func mean(_ runs: [RunRecord], _ layer: String) -> Double? {
    let fractions = runs.compactMap { $0.details.layers.fraction(of: layer) }
    return fractions.isEmpty ? nil : Sample.mean(fractions)
  }

  private static func figure(_ table: RunTable, _ names: [String]) -> Figure {
    let panels = table.methods.map { method in
      LineChart.Panel(
        method,
        names.map { name in
          LineChart.Series(
            name,
            table.densities.map { density in
              let value = mean(table.runs(Arm(method: method), density), name)
              return .init(100 * density.value, onLogarithmicAxis: value.map { 100 * $0 })
            }, intervals: .hidden)
        })
    }
    return Figure(
      title: "Layer-wise densities",
      alternative:
        "Percent of each layer kept against the density of all layers together, one panel "
        + "for each of \(table.methods.sentence), one line for each of \(names.sentence). The table "
        + "below holds the numbers.",
      .lines(
        LineChart(
          panels: panels, x: .falling("density (%)", at: table.densities.map { 100 * $0.value }),
          y: Axis("kept of the layer (%)", scale: .log10))))
  }
}
