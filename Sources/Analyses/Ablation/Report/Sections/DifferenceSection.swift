import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AblationAnalysis {
  /// Everything that the claims rest on, density by density.
  var differenceSection: ReportSection {
    let level = 1 - 2 * terms.settings.alpha
    let rows = comparisons.flatMap { judged in
      judged.verdicts.map { row(judged.comparison, $0.cell, $0, level: level) }
        + judged.comparison.exploratory.map { row(judged.comparison, $0, nil, level: level) }
    }
    guard !rows.isEmpty else { return ReportSection() }
    let metric = terms.settings.metric
    var lines = Markdown.Table(
      [.text("comparison"), .number("density"), .number("n"), .number("difference")]
        + (metric.isShare ? [.number("over test examples too")] : [])
        + [
          .number("TOST p"), .number("t-test p"), .number("sign test p"), .number("skewness"),
          .text("shown"),
        ])
    for row in rows { lines.append(row) }
    let alpha = Format.significant(terms.settings.alpha)
    return ReportSection(
      blocks: [
        .heading(2, "Differences at every density"),
        .paragraph(
          """
          Mean paired differences of \(metric.inUnit) with \(Format.percent(level)) t-intervals, which are \
          descriptive: not corrected for looking at many. Behind each p-value stands, in brackets, the \
          familywise error at which the claim would be shown; at \(alpha) or less it is. \
          Skewness is marked * where t-tests may err.
          """ + " " + examplesNote),
        .details(summary: Format.count(rows.count, "row"), [.table(lines)]),
        averages,
      ])
  }

  /// What holds for shares of examples alone.
  private var examplesNote: Markdown.Text {
    let metric = terms.settings.metric
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
    _ comparison: ArmComparison, _ cell: ComparisonCell, _ verdict: DensityVerdict?, level: Double
  ) -> [Markdown.Text] {
    func both(_ p: Double?, _ adjusted: Double?) -> Markdown.Text {
      let behind = adjusted.map { " [\(Format.pValue($0))]" } ?? ""
      return .init(p.map { Format.pValue($0) + behind } ?? Format.missing)
    }
    let crossed = cell.crossed.flatMap { try? $0.interval(level: level) }
      .map { Format.interval($0.lower, $0.upper, digits: cell.metric.digits) }
    let head: [Markdown.Text] = [
      .init(comparison.name), .init(Format.percent(cell.density.value)),
      .init("\(cell.pairs.count)"), .init(cell.difference),
    ]
    return head + (cell.metric.isShare ? [.init(crossed ?? "not recorded")] : []) + [
      both(cell.comparison?.pValue(toShow: .equivalence), verdict?.adjustedEquivalence),
      both(cell.comparison?.pValue(toShow: .difference), verdict?.adjustedDifference),
      .init(cell.comparison.map { Format.pValue($0.signTest.pValue) } ?? Format.missing),
      .init(cell.comparison?.skewness.map(skewness) ?? Format.missing),
      .init(verdict.map(\.shown) ?? "not primary"),
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
        .init(
          Format.difference(
            Sample.mean(cells.compactMap(\.mean)), digits: terms.settings.metric.digits)),
      ])
    }
    return .details(
      summary: "Averages over densities, which claim nothing: opposite differences cancel",
      [.table(lines)])
  }
}
