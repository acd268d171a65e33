import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AblationAnalysis {
  /// What each method keeps of each layer.
  var layerSection: ReportSection {
    let names = layerNames
    guard !names.isEmpty else { return ReportSection() }
    var section = ReportSection(blocks: [.heading(2, "Layer-wise densities")])
    section.show(
      figure(names), as: "layers",
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
            + table.densities.map { .init(Format.percent(mean(method, $0, name))) })
      }
    }
    section.blocks.append(.table(rows))
    return section
  }

  private var layerNames: [String] {
    table.methods.lazy.flatMap { table.runs(Arm(method: $0)) }.map(\.details.layers)
      .first { !$0.isEmpty }?.map(\.name) ?? []
  }

  private func mean(_ method: String, _ density: Density, _ layer: String) -> Double? {
    let fractions = table.runs(Arm(method: method), density)
      .compactMap { $0.details.layers.fraction(of: layer) }
    return fractions.isEmpty ? nil : Sample.mean(fractions)
  }

  private func figure(_ names: [String]) -> Figure {
    let panels = table.methods.map { method in
      LineChart.Panel(
        method,
        names.map { name in
          LineChart.Series(
            name,
            table.densities.map { density in
              let value = mean(method, density, name)
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
