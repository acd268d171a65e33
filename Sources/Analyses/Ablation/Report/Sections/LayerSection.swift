import Recipes
import Reports
import Statistics
import Suites
import Wording

extension ReportSection {
  /// What each method keeps of each layer.
  static func layers(_ analysis: AblationAnalysis) -> ReportSection {
    var section = ReportSection()
    let table = analysis.table
    let names = layerNames(table)
    guard !names.isEmpty else { return section }
    section.blocks.append(.heading(2, "Layer-wise densities"))
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
              let value = mean(table.runs(Arm(method: method), density), name)
              return .init(value.map { Format.percent($0) } ?? Format.missing)
            })
      }
    }
    section.blocks.append(.table(rows))
    return section
  }

  private static func layerNames(_ table: RunTable) -> [String] {
    for method in table.methods {
      let layers = table.runs(Arm(method: method)).first { !$0.details.layers.isEmpty }
      if let layers { return layers.details.layers.map(\.name) }
    }
    return []
  }

  private static func mean(_ runs: [RunRecord], _ layer: String) -> Double? {
    let fractions = runs.compactMap { run in
      run.details.layers.first { $0.name == layer }.map { Double($0.kept) / Double($0.size) }
    }
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
              // An empty layer has no place on a logarithmic axis.
              let value = mean(table.runs(Arm(method: method), density), name)
              return LineChart.Point(100 * density.value, value.flatMap { $0 > 0 ? 100 * $0 : nil })
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
