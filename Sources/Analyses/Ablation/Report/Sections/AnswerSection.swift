import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AblationAnalysis {
  /// The question and its answer: one sentence, one table, one figure.
  var answerSection: ReportSection {
    var section = ReportSection(blocks: [
      .heading(1, .init(terms.question)), .paragraph(summary),
    ])
    section.blocks += Reservations(
      terms, comparisons, controls: nullControls, metric: metric,
      chance: terms.settings.chance
    ).paragraph(ownReservations)
    section.blocks += [.table(matrix), .paragraph(legend)]
    section.show(
      figure, as: "differences",
      caption: """
        Mean paired difference of \(metric.inUnit) with its descriptive \
        \(level) t-interval, ablated minus unablated. The shaded band is the margin of \
        ±\(margin); what lies beyond the axis is told by its value.
        """)
    return section
  }

  private var metric: Metric { terms.settings.metric }

  /// With its unit.
  private var margin: String { metric.amount(Format.significant(terms.settings.margin)) }

  /// Of an interval that lies within the margin where an uncorrected test of equivalence would say so.
  private var level: String {
    Format.percent(1 - 2 * terms.settings.alpha)
  }

  /// How many comparisons came out how.
  private var summary: Markdown.Text {
    let own = comparisons.filter { !$0.comparison.isAgainstRandom && !$0.verdicts.isEmpty }
    let alpha = Format.percent(terms.settings.alpha)
    let family =
      switch terms.settings.family {
      case .suite: "\(alpha) familywise for each kind of claim"
      case .ablation: "\(alpha) per ablation and kind of claim"
      }
    let frame =
      "On this test set, by this recipe, at \(family)\(terms.replicateWords(comparisons.flatMap(\.verdicts))):"
    guard !own.isEmpty else {
      return "\(strong: "No method stands against an ablation of its own.")"
    }
    let everywhere = own.count(where: \.isMaintainedEverywhere)
    let partly = own.count { !$0.maintained.isEmpty } - everywhere
    func count(_ count: Int, _ verbs: (many: String, one: String), _ object: String) -> String? {
      count == 0 ? nil : "\(count) \(count == 1 ? verbs.one : verbs.many) \(object)"
    }
    let kept = "it within ±\(margin) at every density"
    let parts = [
      count(everywhere, ("keep", "keeps"), kept) ?? (partly > 0 ? "none keeps \(kept)" : nil),
      count(partly, ("keep", "keeps"), "it so from the densest down to some"),
      count(
        own.count { !$0.changed(.lowered).isEmpty }, ("lower", "lowers"),
        "it\(metric.rating(.lowered)) at some"),
      count(
        own.count { !$0.changed(.raised).isEmpty }, ("raise", "raises"),
        "it\(metric.rating(.raised)) at some"),
      count(
        own.count { !$0.isDecided && $0.isSeen }, ("show", "shows"),
        "neither sameness nor a difference at any"),
      count(own.count { !$0.isSeen }, ("await", "awaits"), "the first look"),
    ].compactMap { $0 }
    let subject =
      "\(metric.name) in \(Format.count(own.count, "comparison")) of a method with its own ablation"
    return "\(frame) \(strong: "\(subject): \(parts.sentence).")"
  }

  private var matrix: Markdown.Table {
    let random = terms.settings.randomMethod
    let isAgainst = comparisons.contains { $0.comparison.isAgainstRandom }
    var rows = Markdown.Table(
      [.text("method")] + (isAgainst ? [.text("itself, against \(random ?? "")")] : [])
        + table.ablations.map { .text(.init($0)) })
    for method in table.methods {
      rows.append(
        [Markdown.Text(method)]
          + (isAgainst ? [self[Arm(method: method)].map(\.brief) ?? "–"] : [])
          + table.ablations.map { ablation in
            let arm = Arm(method: method, ablation: ablation)
            if nullControls.contains(where: { $0.treated == arm }) {
              return "null control"
            }
            return self[arm]?.brief ?? "–"
          })
    }
    return rows
  }

  private var legend: Markdown.Text {
    """
    \(metric.title) on the \(terms.settings.split) split after the last step, paired by replicate\
    \(metric.better == .lower ? "; lower is better" : ""). \
    \(emphasis: "Maintained"): two one-sided tests show the mean difference within \
    ±\(margin), density by density from the densest on. \(emphasis: "Lowered") or \
    \(emphasis: "raised"): a t-test shows a difference\
    \(terms.kindsOfClaim(alpha: terms.settings.alpha, margin: margin)).\(weights) \
    \(emphasis: "Undecided") is neither: it shows no sameness. \(emphasis: "Failed runs") diverged, or \
    give all examples one class; they allow no claim of sameness.
    """
  }

  /// Told where comparisons do not weigh alike.
  private var weights: String {
    terms.settings.weights == nil
      ? "" : " Weights in sharing α: \(terms.settings.weightWords)."
  }

  private var figure: Figure {
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
          let control = nullControls.first { $0.treated == arm }
          let cells = self[arm]?.comparison.all ?? control?.all ?? []
          return LineChart.Series(arm.ablation, points(cells))
        })
    }
    let bound = terms.settings.margin
    return Figure(
      title: "Differences in \(metric.name) by ablation",
      alternative:
        "Differences of \(metric.inUnit) against the fraction of weights kept, one panel for "
        + "each of \(table.methods.sentence), a line for each of \(table.ablations.sentence). The table of "
        + "differences below holds the numbers.",
      .lines(
        LineChart(
          panels: panels, x: .falling("density (%)", at: table.densities.map { 100 * $0.value }),
          y: Axis(metric.differenceAxis, range: .differences(panels, margin: bound)),
          references: [LineChart.Reference("no difference", y: 0)],
          band: LineChart.Band(
            "within the margin of ±\(margin)", -bound...bound),
          dodged: true)))
  }
}
