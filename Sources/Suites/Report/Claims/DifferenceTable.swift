import Reports
package import Statistics
import Wording

/// Everything that claims rest on, density by density, and what averages over densities would hide.
package struct DifferenceTable<Arms: ComparedArms> {
  private let comparisons: [JudgedComparison<Arms>]
  private let rule: DecisionRule
  private let metric: Metric
  /// The name of the p-values of sameness; tests of both kinds where the comparisons are of both.
  private let sameness: String

  /// The differences of `comparisons`, judged by `rule`.
  package init(
    _ comparisons: [JudgedComparison<Arms>], _ rule: DecisionRule, metric: Metric = .accuracy
  ) {
    (self.comparisons, self.rule, self.metric) = (comparisons, rule, metric)
    sameness =
      comparisons.map(\.comparison.sameness.test).distinct.joined(separator: " or ")
  }

  /// A heading, what the columns are, and the tables; nothing where nothing is compared.
  package var section: ReportSection {
    let rows = comparisons.flatMap { judged in
      judged.verdicts.map { row(judged.comparison, $0.cell, $0) }
        + judged.comparison.exploratory.map { row(judged.comparison, $0, nil) }
    }
    guard !rows.isEmpty else { return ReportSection() }
    var lines = Markdown.Table(
      [.text("comparison"), .number("density"), .number("n"), .number("difference")]
        + (metric.isShare ? [.number("over test examples too")] : [])
        + [
          .number(.init(sameness)), .number("t-test p"),
        ] + (isSeveral ? [.number("beyond margin p")] : []) + [
          .number("sign test p"), .number("skewness"), .text("shown"),
        ])
    for row in rows { lines.append(row) }
    let alpha = Format.significant(rule.alpha)
    return ReportSection(
      blocks: [
        .heading(2, "Differences at every density"),
        .paragraph(
          """
          Mean paired differences of \(metric.inUnit) with \(Format.percent(rule.intervalLevel)) t-intervals, which \
          are descriptive: not corrected for looking at many. Behind each p-value stands, in brackets, the \
          familywise error at which the claim would be shown; at \(alpha) or less it is. \
          Skewness is marked * where t-tests may err.
          """ + " " + examplesNote),
        .details(summary: Format.count(rows.count, "row"), [.table(lines)]),
        averages,
      ])
  }

  /// What holds for shares of examples alone.
  /// Whether larger differences are tested too, as designs of several looks do.
  private var isSeveral: Bool {
    comparisons.contains { $0.verdicts.contains { $0.adjustedBeyond != nil } }
  }

  private var examplesNote: Markdown.Text {
    guard metric.isShare else {
      return """
        What is said of accuracies about test examples is not said of \(metric.name): it has no least step of one \
        example, no interval over new ones, and a run that diverged has none, so that nothing is claimed where one did.
        """
    }
    return """
      \(emphasis: "Over test examples too") takes other test images of the same kind into account; † \
      marks what would not survive them. A standard deviation below one test example is taken as one.
      """
  }

  /// A row of one density; without a verdict where nothing is claimed.
  private func row(
    _ comparison: Arms, _ cell: ComparisonCell, _ verdict: DensityVerdict?
  ) -> [Markdown.Text] {
    func both(_ p: Double?, _ adjusted: Double?) -> Markdown.Text {
      let behind = adjusted.map { " [\(Format.pValue($0))]" } ?? ""
      return .init(p.map { Format.pValue($0) + behind } ?? Format.missing)
    }
    let crossed = cell.crossed.flatMap { try? $0.interval(level: rule.intervalLevel) }
      .map { Format.interval($0.lower, $0.upper, digits: metric.digits) }
    let head: [Markdown.Text] = [
      .init(comparison.name), .init(Format.percent(cell.density.value)),
      .init("\(cell.pairs.count)"), .init(cell.difference),
    ]
    let comparisonTests = [
      both(
        cell.comparison?.pValue(toShow: .equivalence, comparison.sameness),
        verdict?.adjustedEquivalence),
      both(cell.comparison?.pValue(toShow: .difference), verdict?.adjustedDifference),
    ]
    let beyond = both(cell.comparison?.pValue(toShow: .beyondMargin), verdict?.adjustedBeyond)
    return head + (metric.isShare ? [.init(crossed ?? "not recorded")] : []) + comparisonTests
      + (isSeveral ? [beyond] : [])
      + [
        .init(cell.comparison.map { Format.pValue($0.signTest.pValue) } ?? Format.missing),
        .init(cell.comparison?.skewness.map(skewness) ?? Format.missing),
        .init(verdict.map { $0.shown(comparison.sameness) } ?? "not primary"),
      ]
  }

  private func skewness(_ skewness: Skewness) -> String {
    Format.difference(skewness.value, digits: 1) + (skewness.isLarge ? "*" : "")
  }

  /// One number per comparison, which claims nothing.
  private var averages: Markdown.Block {
    var lines = Markdown.Table([
      .text("comparison"), .text("densities"), .number("mean difference"),
    ])
    for comparison in comparisons.map(\.comparison) {
      let cells = comparison.cells.filter { $0.mean != nil }
      guard !cells.isEmpty else { continue }
      lines.append([
        .init(comparison.name), .init(cells.map(\.density).words),
        .init(Format.difference(Sample.mean(cells.compactMap(\.mean)), digits: metric.digits)),
      ])
    }
    return .details(
      summary: "Averages over densities, which claim nothing: opposite differences cancel",
      [.table(lines)])
  }
}
