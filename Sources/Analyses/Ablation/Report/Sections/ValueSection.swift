import Recipes
import Reports
import Suites
import Wording

extension AblationAnalysis {
  private var metric: Metric { terms.settings.metric }

  /// The metric against density, of every method and its ablations.
  var valueSection: ReportSection {
    var section = ReportSection(blocks: [.heading(2, "\(metric.title) against density")])
    let dense = mean(table.dense)
    section.show(
      figure(dense: dense), as: metric.name,
      caption:
        "Mean \(metric.name) on the \(terms.settings.split) split with 95 % t-intervals over replicates."
        + (table.countsDiffer
          ? " Means are over all runs of an arm, in brackets how many; differences above are paired, on the runs that"
            + " decided." : "")
    )
    if let dense {
      section.blocks.append(
        .paragraph("The dense network reaches \(number(dense.mean))\(scale)."))
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
        .details(summary: "\(method): mean \(metric.inScale) [95 % interval]", [.table(rows)]))
    }
    return section
  }

  private func number(_ value: Double) -> String { Format.number(value, digits: metric.digits) }

  /// Behind a value.
  private var scale: String {
    metric.isShare ? " %" : metric.scale.map { " \($0)" } ?? ""
  }

  private func cell(_ runs: [RatedRun]) -> String {
    guard let text = mean(runs)?.words(digits: metric.digits) else { return Format.missing }
    let diverged = runs.count(where: \.hasDiverged)
    return text + (table.countsDiffer ? " (\(runs.count))" : "")
      + (diverged == 0 ? "" : " (\(diverged) diverged)")
  }

  /// The mean and its 95 % t-interval; diverged runs count as those that give all examples the commonest class, or not
  /// at all where the metric has no such value.
  private func mean(_ runs: [RatedRun]) -> MeanInterval? {
    MeanInterval(of: runs.compactMap { $0.value ?? terms.settings.diverged })
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
      title: "\(metric.title) against density",
      alternative:
        "\(metric.inScale.first!.uppercased() + metric.inScale.dropFirst()) against the fraction of weights kept, from "
        + "\(table.densities.words), one panel for each of \(table.methods.sentence), with a line for "
        + "the method itself and for each of \(table.ablations.sentence). The tables below hold the "
        + "numbers.",
      .lines(
        LineChart(
          panels: panels, x: .falling("density (%)", at: table.densities.map { 100 * $0.value }),
          y: Axis(metric.valueAxis, range: range(dense: dense?.mean)),
          references: .dense(dense), dodged: true)))
  }

  /// From the worst value of a method itself that is no outlier among these (Tukey's fence) to the best: what ruins a
  /// network is told by its value.
  private func range(dense: Double?) -> ClosedRange<Double>? {
    let own = table.methods.flatMap { method in
      table.densities.compactMap { mean(table.runs(Arm(method: method), $0))?.mean }
    }.sorted()
    guard let lowest = own.first, let highest = own.last else { return nil }
    let quartiles = (own[own.count / 4], own[3 * own.count / 4])
    let fence = 1.5 * (quartiles.1 - quartiles.0)
    let (low, high) =
      switch metric.better {
      case .higher: (max(lowest, quartiles.0 - fence), max(highest, dense ?? highest))
      case .lower: (min(lowest, dense ?? lowest), min(highest, quartiles.1 + fence))
      }
    let margin = max((high - low) / 6, terms.settings.margin)
    return max(0, low - margin)...min(metric.most, high + margin)
  }
}

extension Metric {
  private func axis(_ words: String, _ unit: String?) -> String {
    unit.map { "\(words) (\($0))" } ?? words
  }

  /// The label of an axis of values.
  var valueAxis: String { axis(name, isShare ? "%" : scale) }

  /// The label of an axis of differences.
  var differenceAxis: String { axis("\(name) difference", unit) }
}
