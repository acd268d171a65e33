import Reports
import Wording

/// Validation accuracy and loss against steps, a figure of each for every group of arms.
package struct CurveSection {
  /// A line: the runs of one arm.
  package struct Arm {
    /// The panel's title and the line's name.
    let panel, line: String
    /// The curves of its runs.
    let curves: [LearningCurve]

    /// An arm and the curves of its runs.
    package init(panel: String, line: String, _ curves: [LearningCurve]) {
      (self.panel, self.line, self.curves) = (panel, line, curves)
    }
  }

  /// Arms that are drawn together.
  package struct Group {
    let title: String
    let arms: [Arm]

    /// Arms under a title, those without points left out.
    package init(_ title: String, _ arms: [Arm]) {
      self.title = title
      self.arms = arms.filter { $0.curves.contains { !$0.points.isEmpty } }
    }
  }

  private let groups: [Group]

  /// The curves of `groups`.
  package init(_ groups: [Group]) { self.groups = groups.filter { !$0.arms.isEmpty } }

  /// The figures; nothing where no run recorded its curve.
  package var section: ReportSection {
    guard !groups.isEmpty else { return ReportSection() }
    var section = ReportSection(
      "Learning curves",
      .paragraph(
        """
        Means over the runs that reached a step, with 95 % t-intervals, on the validation split; nothing is claimed of \
        them. Steps count from initialization. The columns \(code: "validation_accuracy:STEP") and \
        \(code: "validation_loss:STEP") of records.csv hold every run's.
        """))
    for (index, group) in groups.enumerated() {
      var drawn = ReportSection()
      for measure in Measure.all {
        drawn.show(
          chart(group, measure), title: "Validation \(measure.name), \(group.title)",
          alternative:
            "Mean validation \(measure.name) against optimizer steps, \(group.title), a line for each of "
            + "\(group.arms.map(\.line).distinct.sentence).",
          as: "curves-\(index + 1)-\(measure.name)",
          caption: "Mean validation \(measure.name), \(group.title).")
      }
      section.figures += drawn.figures
      section.blocks.append(.details(summary: group.title, drawn.blocks))
    }
    return section
  }

  private func chart(_ group: Group, _ measure: Measure) -> LineChart {
    let panels = group.arms.map(\.panel).distinct
    return LineChart(
      panels: panels.map { panel in
        LineChart.Panel(
          panels.count == 1 ? "" : panel,
          group.arms.filter { $0.panel == panel }.map { arm in
            LineChart.Series(arm.line, arm.means(of: measure), intervals: .band)
          })
      },
      x: Axis("steps"), y: Axis(measure.axis))
  }
}

/// What is drawn against steps.
private struct Measure {
  let name, axis: String
  let value: KeyPath<LearningCurve.Point, Double?>
  /// Beyond it lies no value, so that intervals end there too.
  let range: ClosedRange<Double>

  static var all: [Measure] {
    [
      Measure(name: "accuracy", axis: "validation accuracy (%)", value: \.accuracy, range: 0...100),
      Measure(name: "loss", axis: "validation loss (nats)", value: \.loss, range: 0...(.infinity)),
    ]
  }
}

extension CurveSection.Arm {
  /// The mean over runs at every step that any of them has.
  fileprivate func means(of measure: Measure) -> [LineChart.Point] {
    let points = Dictionary(grouping: curves.flatMap(\.points), by: \.step)
    return points.sorted { $0.key < $1.key }.map { step, points in
      let found = MeanInterval(of: points.compactMap { $0[keyPath: measure.value] })
      var point = LineChart.Point(Double(step), found)
      point.lower = point.lower.map { max($0, measure.range.lowerBound) }
      point.upper = point.upper.map { min($0, measure.range.upperBound) }
      return point
    }
  }
}
