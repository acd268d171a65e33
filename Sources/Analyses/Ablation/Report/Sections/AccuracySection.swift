import Recipes
import Reports
import Suites
import Wording

extension AblationAnalysis {
  /// Accuracy against density of every method and its ablations.
  var accuracySection: ReportSection {
    var section = ReportSection(blocks: [.heading(2, "Accuracy against density")])
    let dense = mean(table.dense)
    section.show(
      figure(dense: dense), as: "accuracy",
      caption:
        "Mean accuracy on the \(terms.settings.split) split with 95 % t-intervals over replicates."
    )
    if let dense {
      section.blocks.append(
        .paragraph("The dense network reaches \(Format.number(dense.mean, digits: 2)) %."))
    }
    for method in table.methods {
      let arms = table.arms(of: method)
      var rows = Markdown.Table(
        [.number("density")] + arms.map { .number(.init($0.words)) })
      for density in table.densities {
        rows.append(
          plain: [Format.percent(density.value)]
            + arms.map { cell(table.runs($0, density)) })
      }
      section.blocks.append(
        .details(summary: "\(method): mean [95 % interval] in percent", [.table(rows)]))
    }
    return section
  }

  private func cell(_ runs: [RunRecord]) -> String {
    guard let text = mean(runs)?.words() else { return Format.missing }
    let diverged = runs.count { $0.accuracy == nil }
    return diverged == 0 ? text : "\(text) (\(diverged) diverged)"
  }

  /// Mean accuracy and its 95 % t-interval; diverged runs count as chance.
  private func mean(_ runs: [RunRecord]) -> MeanInterval? {
    MeanInterval(of: runs.map { $0.accuracy ?? terms.settings.chance })
  }

  private func figure(dense: MeanInterval?) -> Figure {
    let panels = table.methods.map { method in
      LineChart.Panel(
        method,
        table.arms(of: method).map { arm in
          LineChart.Series(
            arm.words,
            table.densities.map { .init(100 * $0.value, mean(table.runs(arm, $0))) })
        })
    }
    return Figure(
      title: "Accuracy against density",
      alternative: "Accuracy in percent against the fraction of weights kept, from "
        + "\(table.densities.words), one panel for each of \(table.methods.sentence), with a line for "
        + "the method itself and for each of \(table.ablations.sentence). The tables below hold the "
        + "numbers.",
      .lines(
        LineChart(
          panels: panels, x: .falling("density (%)", at: table.densities.map { 100 * $0.value }),
          y: Axis("accuracy (%)", range: range(dense: dense?.mean)),
          references: .dense(dense), dodged: true)))
  }

  /// From the lowest accuracy of a method itself that is no outlier among these (Tukey's fence) to the highest: what
  /// ruins a network is told by its value.
  private func range(dense: Double?) -> ClosedRange<Double>? {
    let own = table.methods.flatMap { method in
      table.densities.compactMap { mean(table.runs(Arm(method: method), $0))?.mean }
    }.sorted()
    guard let lowest = own.first, let highest = own.last else { return nil }
    let quartiles = (own[own.count / 4], own[3 * own.count / 4])
    let fence = quartiles.0 - 1.5 * (quartiles.1 - quartiles.0)
    let (low, high) = (max(lowest, fence), max(highest, dense ?? highest))
    let margin = max((high - low) / 6, terms.settings.margin)
    return max(0, low - margin)...min(100, high + margin)
  }
}
