import Recipes
import Reports
import Statistics
import Suites
import Wording

extension LotteryDesign {
  func rows(_ suite: Suite, _ cells: [LotteryCell], _ records: Records) throws
    -> [LotteryRun]
  {
    try cells.compactMap { cell in
      var run = try LotteryRun(cell, records, rules.split, withCurve: recordsCurves)
      run?.look = suite.look(of: cell.replicate)
      return run
    }
  }

  static func report(_ rows: [LotteryRun], _ terms: Terms<LotterySettings>) throws
    -> [ReportSection]
  {
    let analysis = try LotteryAnalysis(rows, terms)
    return [
      analysis.answerSection, analysis.accuracySection,
      .sentences(analysis.comparisons, margin: terms.settings.margin), analysis.looksSection,
      DifferenceTable(analysis.comparisons, try terms.settings.rule).section,
      try analysis.publishedSection(), analysis.earlyStoppingSection, analysis.curveSection,
      analysis.levelSection,
      analysis.auditSection, analysis.protocolSection,
      .provenance(terms),
    ]
  }
}

extension LotteryAnalysis {
  /// Mean and interval in percent.
  func cell(_ sample: [Int: Double]) -> String { summary(sample)?.words() ?? Format.missing }

  /// The axis of density in percent; every third level has a label where there are many.
  var densityAxis: Axis {
    let levels = settings.densities.count
    let every = levels > 8 ? 3 : 1
    return Axis(
      "weights kept (%)", scale: .log10,
      ticks: (0...levels).map { level in
        let value = 100 * settings.density(ofLevel: level).value
        return level % every == 0 ? Axis.Tick(value) : Axis.Tick(value, label: "")
      }, reversed: true)
  }

  /// A line of every arm against density, through the densities at which it was run, one panel per group.
  func panels(_ groups: [Group], point: (Group, LotteryArm, Density) -> LineChart.Point)
    -> [LineChart.Panel]
  {
    groups.map { group in
      LineChart.Panel(
        groups.count == 1 ? "" : settings.title(group),
        settings.arms(of: group).map { arm in
          LineChart.Series(
            arm.words,
            settings.densities.filter { !runs(group, arm, $0).isEmpty }
              .map { point(group, arm, $0) })
        })
    }
  }

  /// Groups on the suite's own dataset, and on that of the transfer.
  var groupsByDataset: [[Group]] {
    [false, true].map { isTransferred in groups.filter { $0.isTransferred == isTransferred } }
      .filter { !$0.isEmpty }
  }

  /// Accuracy against density.
  var accuracySection: ReportSection {
    var section = ReportSection("Accuracy against density")
    for groups in groupsByDataset where !runs.all.isEmpty {
      let dense = summary(accuracies(groups[0], .dense, .one))
      section.show(
        LineChart(
          panels: panels(groups) { group, arm, density in
            .init(100 * density.value, summary(accuracies(group, arm, density)))
          },
          x: densityAxis, y: Axis("accuracy (%)"), references: .dense(dense),
          dodged: true),
        title: "Accuracy against density",
        alternative:
          "Accuracy in percent against the fraction of weights kept, a line for each of "
          + "\(settings.arms(of: groups[0]).map(\.words).sentence), beside the dense network. The "
          + "tables below hold the numbers.",
        as: groups[0].isTransferred ? "transfer" : "accuracy",
        caption: """
          Mean accuracy on the \(settings.split) split after the last step, with \
          95 % t-intervals over replicates.
          """)
    }
    return section.figures.isEmpty ? ReportSection() : section
  }

  /// What papers would say, who know no sampling error.
  func publishedSection() throws -> ReportSection {
    var section = ReportSection(
      "By the papers' rules",
      .paragraph(
        """
        Two published rules of matching, which know no sampling error and claim nothing here: the mean lies \
        within one standard deviation of the dense replicates' mean, or above it (Frankle, Dziugaite, Roy & \
        Carbin, ICML 2020, section 4); the mean drop is below \
        \(Format.significant(Matching.publishedDrop)) points (section 4.4).
        """))
    var tables = 0
    for group in groups {
      let arms = settings.arms(of: group)
      var table = Markdown.Table(
        [.number("density")] + arms.map { .text(.init($0.words)) })
      for density in settings.densities {
        let words = try arms.map { try published(group, $0, density) }
        guard words.contains(where: { $0 != Format.missing }) else { continue }
        table.append(plain: [Format.percent(density.value)] + words)
      }
      guard !table.rows.isEmpty else { continue }
      tables += 1
      section.blocks.append(
        .details(
          summary: "Within one standard deviation, and a drop below "
            + "\(Format.significant(Matching.publishedDrop)): tickets \(settings.title(group))",
          [.table(table)]))
    }
    return tables == 0 ? ReportSection() : section
  }

  private func published(_ group: Group, _ arm: LotteryArm, _ density: Density) throws -> String {
    let (sparse, dense) = (accuracies(group, arm, density), accuracies(group, .dense, density))
    let common = Set(sparse.keys).intersection(dense.keys).sorted()
    guard !common.isEmpty else { return Format.missing }
    let rules = try Matching(
      sparse: common.map { sparse[$0]! }, dense: common.map { dense[$0]! })
    func word(_ holds: Bool?) -> String { holds.map { $0 ? "yes" : "no" } ?? Format.missing }
    return "\(word(rules.isWithinOneDeviation)), \(word(rules.isWithinPublishedDrop))"
  }
}
