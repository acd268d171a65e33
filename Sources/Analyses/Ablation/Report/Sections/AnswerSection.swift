import Recipes
import Reports
import Statistics
import Suites
import Wording

extension ReportSection {
  /// The question and its answer: one sentence, one table, one figure.
  static func answer(_ analysis: AblationAnalysis) -> ReportSection {
    var section = ReportSection()
    section.blocks.append(.heading(1, .init(analysis.terms.question)))
    section.blocks.append(.paragraph(summary(analysis)))
    section.blocks.append(.table(matrix(analysis)))
    section.blocks.append(.paragraph(legend(analysis)))
    section.show(
      figure(analysis), as: "differences",
      caption: """
        Mean paired difference of accuracy in points with its descriptive \
        \(level(analysis)) t-interval, ablated minus unablated. The shaded band is the margin of \
        ±\(margin(analysis)) points; what lies beyond the axis is told by its value.
        """)
    let reservations = Reservations(analysis).sentences
    if !reservations.isEmpty {
      section.blocks.append(
        .paragraph("\(strong: "Reservations:") \(reservations.joined(separator: "; "))."))
    }
    return section
  }

  private static func margin(_ analysis: AblationAnalysis) -> String {
    Format.significant(analysis.terms.settings.margin)
  }

  /// Of an interval that lies within the margin where an uncorrected test of equivalence would say so.
  private static func level(_ analysis: AblationAnalysis) -> String {
    Format.percent(1 - 2 * analysis.terms.settings.alpha)
  }

  /// How many comparisons came out how.
  private static func summary(_ analysis: AblationAnalysis) -> Markdown.Text {
    let own = analysis.comparisons.filter { !$0.comparison.isAgainstRandom }
    let alpha = Format.percent(analysis.terms.settings.alpha)
    let family =
      switch analysis.terms.settings.family {
      case .suite: "\(alpha) familywise for each kind of claim"
      case .ablation: "\(alpha) per ablation and kind of claim"
      }
    let frame = "On this test set, by this recipe, at \(family):"
    guard !own.isEmpty else {
      return "\(strong: "No method stands against an ablation of its own.")"
    }
    let parts = [
      (
        own.count { !$0.maintained.isEmpty }, "keep", "keeps",
        "it within ±\(margin(analysis)) points from the densest density on"
      ),
      (own.count { !$0.changed(.lowered).isEmpty }, "lower", "lowers", "it at some density"),
      (own.count { !$0.changed(.raised).isEmpty }, "raise", "raises", "it at some density"),
      (own.count { !$0.isDecided }, "show", "shows", "neither at any"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.2 : $0.1) \($0.3)" }
    let subject =
      "accuracy in \(Format.count(own.count, "comparison")) of a method with its own ablation"
    return "\(frame) \(strong: "\(subject): \(parts.sentence).")"
  }

  private static func matrix(_ analysis: AblationAnalysis) -> Markdown.Table {
    let random = analysis.terms.settings.randomMethod
    let isAgainst = analysis.comparisons.contains { $0.comparison.isAgainstRandom }
    var table = Markdown.Table(
      [.text("method")] + (isAgainst ? [.text("itself, against \(random ?? "")")] : [])
        + analysis.table.ablations.map { .text(.init($0)) })
    for method in analysis.table.methods {
      table.append(
        [Markdown.Text(method)]
          + (isAgainst ? [analysis[Arm(method: method)].map(\.brief) ?? "–"] : [])
          + analysis.table.ablations.map { ablation in
            let arm = Arm(method: method, ablation: ablation)
            if analysis.nullControls.contains(where: { $0.treated == arm }) {
              return "null control"
            }
            return analysis[arm]?.brief ?? "–"
          })
    }
    return table
  }

  private static func legend(_ analysis: AblationAnalysis) -> Markdown.Text {
    let alpha = Format.percent(analysis.terms.settings.alpha)
    return """
      Accuracy on the \(analysis.terms.settings.split) split after the last step, paired by replicate. \
      \(emphasis: "Maintained"): two one-sided tests show the mean difference within \
      ±\(margin(analysis)) points, density by density from the densest on. \(emphasis: "Lowered") or \
      \(emphasis: "raised"): a t-test shows a difference. No more than \(alpha) of suites say anything \
      false of either kind, no more than \(Format.percent(2 * analysis.terms.settings.alpha)) of any. \
      \(emphasis: "Undecided") is neither: it shows no sameness. \(emphasis: "Failed runs") diverged, or \
      give all examples one class; they allow no claim of sameness.
      """
  }

  private static func figure(_ analysis: AblationAnalysis) -> Figure {
    let table = analysis.table
    func points(_ cells: [ComparisonCell]) -> [LineChart.Point] {
      table.densities.map { density in
        let cell = cells.first { $0.density == density }
        let interval = cell?.comparison?.interval
        return LineChart.Point(
          100 * density.value, cell?.mean, lower: interval?.lower, upper: interval?.upper)
      }
    }
    let panels = table.methods.map { method in
      LineChart.Panel(
        method,
        table.arms(of: method).dropFirst().map { arm in
          let control = analysis.nullControls.first { $0.treated == arm }
          let cells = analysis[arm]?.comparison.all ?? control?.all ?? []
          return LineChart.Series(arm.ablation, points(cells))
        })
    }
    let margin = analysis.terms.settings.margin
    return Figure(
      title: "Accuracy lost or gained by each ablation",
      alternative:
        "Differences of accuracy in points against the fraction of weights kept, one panel for "
        + "each of \(table.methods.sentence), a line for each of \(table.ablations.sentence). The table of "
        + "differences below holds the numbers.",
      .lines(
        LineChart(
          panels: panels, x: .falling("density (%)", at: table.densities.map { 100 * $0.value }),
          y: Axis("difference (points)", range: range(panels, margin)),
          references: [LineChart.Reference("no difference", y: 0)],
          band: LineChart.Band(
            "within the margin of ±\(Format.significant(margin))", -margin...margin),
          dodged: true)))
  }

  /// Six margins to either side at most, so that what may be the same is seen apart.
  private static func range(
    _ panels: [LineChart.Panel], _ margin: Double
  ) -> ClosedRange<Double> {
    let ends = panels.flatMap(\.series).flatMap(\.points).flatMap { [$0.y, $0.lower, $0.upper] }
      .compactMap { $0 }
    let limit = 6 * margin
    let low = max(-limit, min(-1.4 * margin, (ends.min() ?? 0) - 0.2 * margin))
    let high = min(limit, max(1.4 * margin, (ends.max() ?? 0) + 0.2 * margin))
    return low...high
  }
}
