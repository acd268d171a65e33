import Recipes
import Reports
import Statistics
import Suites
import Wording

/// What a lottery report says beyond its rows.
struct LotterySettings: Hashable, Codable, Sendable {
  /// Accuracy points by which a matching ticket may drop.
  let margin: Double
  /// Level of each one-sided test.
  let alpha: Double
  /// Accuracy of guessing in percent: what a diverged run counts as.
  let chance: Double
  /// The name of the split that decides.
  let split: String
  /// Densities whose verdicts are corrected for their number.
  let primary: [Density]
  /// Densities of levels 1, 2, ….
  let densities: [Density]
  /// Optimizer steps whose weights tickets train on from.
  let rewinds: [Int]
  /// What tickets stand against beside the dense network.
  let controls: [LotteryArm]
  /// The dataset that tickets are transferred to.
  let transfer: String?
  /// Optimizer steps between evaluations on the validation examples.
  let evaluateEvery: Int
  /// How tickets were found and trained.
  let `protocol`: [Fact]

  /// The density of level 0, 1, ….
  func density(ofLevel level: Int) -> Density { level == 0 ? .one : densities[level - 1] }
}

extension LotteryDesign {
  func settings(_ suite: Suite, _ plan: AnalysisPlan<LotteryCell>) -> LotterySettings {
    LotterySettings(
      margin: rules.margin, alpha: rules.alpha,
      chance: rules.chance, split: rules.split.rawValue,
      primary: rules.primaryDensities, densities: ladder.densities,
      rewinds: rewinds.map { $0.iterations(perEpoch: suite.stepsPerEpoch) },
      controls: controls.arms, transfer: transfer?.source.name,
      evaluateEvery: suite.evaluateEvery.iterations(perEpoch: suite.stepsPerEpoch),
      protocol: protocolFacts)
  }

  func rows(_ suite: Suite, _ cells: [LotteryCell], _ records: Records) throws
    -> [LotteryRun]
  {
    try cells.compactMap { try LotteryRun($0, records, split: rules.split) }
  }

  static func report(_ rows: [LotteryRun], _ terms: Terms<LotterySettings>) throws
    -> [ReportSection]
  {
    let analysis = try LotteryAnalysis(rows, terms)
    return [
      analysis.answerSection, analysis.matchingSection, analysis.contrastSection,
      analysis.earlyStoppingSection, analysis.levelSection, analysis.auditSection,
      analysis.protocolSection,
      .provenance(terms),
    ]
  }
}

extension LotteryAnalysis {
  /// What a panel or a table is about; empty where there is only one.
  func title(_ group: Group) -> String {
    let rewind = group.rewind == 0 ? "initialization" : "step \(Format.count(group.rewind))"
    let transfer = group.isTransferred ? settings.transfer : nil
    return "rewound to \(rewind)" + (transfer.map { ", trained on \($0)" } ?? "")
  }

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

  /// A line of every arm against density, one panel per group.
  func panels(_ groups: [Group], value: (LotteryRun) -> Double?) -> [LineChart.Panel] {
    groups.map { group in
      LineChart.Panel(
        groups.count == 1 ? "" : title(group),
        arms(of: group).map { arm in
          LineChart.Series(
            arm.words,
            settings.densities.map { .init(100 * $0.value, summary(group, arm, $0, value)) })
        })
    }
  }
}

extension LotteryAnalysis {
  /// The question, the answer in sentences, and accuracy against density.
  var answerSection: ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(terms.question))])
    let answers = groups.compactMap(answer)
    if let first = answers.first { section.say(first) }
    if answers.count > 1 { section.blocks.append(.bullets(Array(answers.dropFirst()))) }
    section.blocks += ReportSection.missing(terms.missing)
    let diverged = runs.count { $0.accuracy == nil }
    if diverged > 0 {
      section.say("\(strong: Format.count(diverged)) runs diverged; they count as chance accuracy.")
    }
    section.say(legend)
    for isTransferred in Set(groups.map(\.isTransferred)).sorted(by: { !$0 && $1 }) {
      let groups = groups.filter { $0.isTransferred == isTransferred }
      guard let first = groups.first, !runs.isEmpty else { continue }
      let dense = summary(accuracies(first, .dense, .one))
      section.show(
        LineChart(
          panels: panels(groups) { $0.accuracy ?? settings.chance },
          x: densityAxis, y: Axis("accuracy (%)"), references: .dense(dense),
          dodged: true),
        title: "Accuracy against density",
        alternative:
          "Accuracy in percent against the fraction of weights kept, a line for each of "
          + "\(arms(of: first).map(\.words).sentence), beside the dense network. The tables "
          + "below hold the numbers.",
        as: isTransferred ? "transfer" : "accuracy",
        caption: """
          Mean accuracy on the \(settings.split) split after the last step, with \
          95 % t-intervals over replicates.
          """)
    }
    return section
  }

  private func answer(_ group: Group) -> Markdown.Text? {
    let levels = levels(group, .ticket)
    guard !levels.isEmpty, let dense = summary(accuracies(group, .dense, .one))
    else { return nil }
    func count(_ verdict: Matching.Verdict) -> Int {
      levels.count { $0.matching.verdict == verdict }
    }
    let sparsest = levels.last { $0.matching.verdict == .matching }
    var head = "Tickets \(title(group)) match the dense network "
    head += "(\(Format.number(dense.mean, digits: 2)) %) at \(count(.matching)) of "
    head += Format.count(levels.count, "density", plural: "densities")
    let primary = levels.filter { $0.adjusted != nil }
    if primary.count > 1 {
      let proven = primary.count { ($0.adjusted ?? 1) <= rule.alpha }
      head += " (after Holm's correction over \(primary.count): \(proven))"
    }
    if let sparsest {
      head += ", the sparsest \(Format.percent(sparsest.density.value)) of the weights "
      head += "(\(Format.difference(sparsest.matching.mean, digits: 2)) points)"
    }
    for verdict in [Matching.Verdict.notMatching, .undecided] where count(verdict) > 0 {
      head += "; \(verdict.rawValue) at \(count(verdict))"
    }
    let controls = contrasts.filter { $0.group == group }.map { contrast -> String in
      let levels = self.levels(group, contrast.control)
      let matched = levels.count { $0.matching.verdict == .matching }
      let comparison = contrast.comparison
      return "\(contrast.control.words) \(comparison.difference), \(comparison.verdict.name)"
        + " (itself matching at \(matched) of \(levels.count))"
    }
    guard !controls.isEmpty else { return "\(strong: head + ".")" }
    return """
      \(strong: head + ".") Accuracy of tickets minus that of controls, averaged over the primary densities: \
      \(controls.joined(separator: "; ")).
      """
  }

  private var legend: Markdown.Text {
    return """
      \(emphasis: "Matching"): the drop in accuracy against the dense network of the same replicate is \
      shown to be smaller than \(Format.significant(rule.margin)) points (non-inferiority, the lower end \
      of the \(Format.percent(rule.intervalLevel)) t-interval of the paired difference). \
      \(emphasis: "Not matching"): it is shown to be larger. \(emphasis: "Undecided"): neither. Against \
      controls, \(emphasis: "maintained") is a difference shown to lie within the margin, \
      \(emphasis: "raised") and \(emphasis: "lowered") one that is not zero. Margin and α = \
      \(Format.significant(rule.alpha)) were fixed before the run.
      """
  }

  /// Every density's verdict, and the papers' rules.
  var matchingSection: ReportSection {
    var section = ReportSection(
      "Is it matching?",
      .paragraph(
        """
        Difference: ticket minus dense, accuracy points, paired by replicate, with the interval that \
        decides; the verdicts of single densities are not corrected for their number. p: one-sided test of \
        non-inferiority, in brackets Holm-adjusted over the \
        \(Format.count(levels.count { $0.adjusted != nil })) primary verdicts. TOST: p of \
        equivalence, the difference within the margin on both sides. Beside them two published rules, \
        which know no sampling error: the mean lies within one standard deviation of the dense \
        replicates' mean, or above it (Frankle, Dziugaite, Roy & Carbin, ICML 2020, section 4); the mean \
        drop is below \(Format.significant(Matching.publishedDrop)) points (section 4.4).
        """))
    for group in groups {
      var table = Markdown.Table([
        .number("density"), .text("verdict"), .number("difference"), .number("p"),
        .number("TOST p"), .text("within 1 sd"), .text("drop < 0.2"),
      ])
      for level in levels(group, .ticket) {
        let (matching, inference) = (level.matching, level.matching.inference)
        table.append(plain: [
          Format.percent(level.density.value), matching.verdict.rawValue, matching.words,
          Format.pValue(inference?.nonInferiority.pValue, adjusted: level.adjusted),
          Format.pValue(inference?.equivalence.pValue),
          matching.isWithinOneDeviation.map { $0 ? "yes" : "no" } ?? Format.missing,
          matching.isWithinPublishedDrop ? "yes" : "no",
        ])
      }
      if groups.count > 1 {
        section.blocks.append(.heading(3, .init("Tickets \(title(group))")))
      }
      section.blocks.append(.table(table))
    }
    return section
  }

  /// Tickets against controls, and controls against the dense network.
  var contrastSection: ReportSection {
    var section = ReportSection()
    guard !contrasts.isEmpty else { return section }
    section.blocks += [
      .heading(2, "Against controls"),
      .paragraph(
        """
        Ticket minus control, accuracy points averaged over the primary densities at which the control \
        was run, paired by replicate, with the \(Format.percent(rule.intervalLevel)) \
        t-interval; the t-test's p in brackets is Holm-adjusted over \
        \(contrasts.count == 1 ? "one comparison" : "these \(Format.count(contrasts.count)) comparisons").
        """),
    ]
    var table = Markdown.Table([
      .text("tickets"), .text("control"), .text("verdict"), .number("densities"), .number("n"),
      .number("ticket − control"), .number("t-test p"), .number("TOST p"),
    ])
    for contrast in contrasts {
      let (comparison, inference) = (contrast.comparison, contrast.comparison.inference)
      table.append(plain: [
        title(contrast.group), contrast.control.words, comparison.verdict.name,
        "\(contrast.densities.count)", "\(comparison.differences.count)", comparison.difference,
        Format.pValue(inference?.tTest.pValue, adjusted: contrast.adjusted),
        Format.pValue(inference?.equivalenceTest.pValue),
      ])
    }
    section.blocks.append(.table(table))
    for group in groups where arms(of: group).count > 1 {
      let controls = arms(of: group).dropFirst()
      var table = Markdown.Table(
        [.number("density")] + controls.map { .text(.init($0.words)) })
      for density in settings.densities
      where controls.contains(where: { !runs(group, $0, density).isEmpty }) {
        let verdicts = controls.map { arm in
          let level = levels(group, arm).first { $0.density == density }
          return level.map { "\($0.matching.verdict.rawValue) \($0.matching.words)" }
            ?? Format.missing
        }
        table.append(plain: [Format.percent(density.value)] + verdicts)
      }
      section.blocks.append(
        .details(
          summary: "Controls against the dense network, \(title(group)) (descriptive)",
          [.table(table)]))
    }
    return section
  }
}

extension Matching {
  /// Mean difference and its (1 − 2α) interval.
  var words: String { Format.difference(mean, inference?.interval, digits: 2) }
}
