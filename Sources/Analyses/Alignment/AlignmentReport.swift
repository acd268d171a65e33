import Recipes
import Reports
import Statistics
import Suites
import Wording

/// What an alignment report says beyond its rows.
struct AlignmentSettings: PathSettings, Hashable, Codable, Sendable {
  /// Coordinate ascents, of which the best is kept.
  let attempts: Int
  /// Batch norm's statistics.
  let policies: [StatisticsPolicy]
  /// Whether anything is measured on training examples.
  let measuresTraining: Bool
  /// Whether the networks have batch norm.
  let normalizes: Bool
}

extension AlignmentDesign {
  func settings(_ suite: Suite, _ plan: AnalysisPlan<AlignmentCell>) -> AlignmentSettings {
    AlignmentSettings(
      attempts: attempts, policies: measurement.measurement(of: suite).statistics,
      measuresTraining: measurement.trainingExamples > 0, normalizes: suite.problem.normalizes)
  }

  func rows(_ suite: Suite, _ cells: [AlignmentCell], _ records: Records) throws
    -> [AlignmentRow]
  {
    let policies = measurement.measurement(of: suite).statistics
    return try cells.flatMap { cell -> [AlignmentRow] in
      let matching = try records.result(of: cell.alignment, as: Outcome<AlignmentResult>.self)
      guard matching?.divergence == nil else {
        var row = AlignmentRow()
        (row.replicate, row.line) = (cell.replicate, .diverged)
        return [row]
      }
      guard let matching = matching?.found,
        let before = try records.result(of: cell.before, as: Outcome<SegmentResult>.self)?.found,
        let after = try records.result(of: cell.after, as: Outcome<SegmentResult>.self)?.found
      else { return [] }
      return AlignmentRow.rows(cell.replicate, matching, before: before, after: after, policies)
    }
  }

  static func report(_ rows: [AlignmentRow], _ terms: Terms<AlignmentSettings>) throws
    -> [ReportSection]
  {
    let analysis = AlignmentAnalysis(rows, terms)
    return [
      try analysis.answerSection(), analysis.lineSection, try analysis.barrierSection(),
      analysis.matchingSection, .provenance(terms),
    ]
  }
}

extension AlignmentAnalysis.Change {
  /// The mean reduction with its interval.
  func words(digits: Int = 2) -> String {
    Format.difference(mean, interval, digits: digits)
  }

  fileprivate func means(digits: Int = 2) -> (before: String, after: String) {
    (
      Format.number(Sample.mean(before), digits: digits),
      Format.number(Sample.mean(after), digits: digits)
    )
  }
}

extension AlignmentAnalysis {
  /// The question and its answer.
  func answerSection() throws -> ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(terms.question))])
    let answers = try settings.policies.indices.compactMap { index -> String? in
      guard let change = try change(on: .test, policy: index) else { return nil }
      let means = change.means()
      let verdict =
        switch change.verdict {
        case .lowered: "Weight matching lowers the barrier"
        case .raised: "Weight matching raises the barrier"
        case .undecided: "Whether weight matching lowers the barrier is undecided"
        }
      return """
        \(verdict)\(settings.words(index)): from \(means.before) to \(means.after) points of test error, \
        a reduction of \(change.words()).
        """
    }
    section.say(answers)
    section.blocks += ReportSection.missing(terms.missing)
    if diverged > 0 {
      section.say(
        """
        \(strong: Format.count(diverged)) of \
        \(Format.count(runs.count + diverged)) pairs have a network whose training \
        diverged and are left out; of the others nothing is decided.
        """)
    }
    section.say(
      """
      Networks that differ by the order of their hidden units compute the same. Two networks with \
      initializations and orders of examples of their own are joined by a line before and after the \
      units of the second are relabelled to come near those of the first (Entezari et al., ICLR 2022; \
      weight matching: Ainsworth, Hayase & Srinivasa, ICLR 2023, algorithm 1, best of \
      \(Format.count(settings.attempts, "ascent")); parameters count, batch norm's scales and \
      shifts too, running statistics do not). The barrier is the highest error on the line less the \
      mean of its ends. Means are over \(Format.count(runs.count, "pair")) of networks, intervals \
      \(Format.percent(AlignmentDesign.level)) and of the paired difference.
      """)
    if settings.policies.contains(.recomputed) {
      section.say(
        """
        Between two networks activations shrink, so that batch norm's interpolated statistics do not \
        fit them; recomputed on training data they do (Jordan et al., ICLR 2023, REPAIR), and \
        alignment shows with those.
        """)
    } else if !settings.normalizes {
      section.say("These networks have no batch norm, whose statistics would need recomputing.")
    }
    return section
  }

  /// Error along both lines.
  var lineSection: ReportSection {
    guard !runs.isEmpty else { return ReportSection() }
    var section = ReportSection("Error along the line")
    let panels = settings.panels { split, index in
      [
        .band("before alignment", of: runs.map { $0.before[index] }, .error, on: split),
        .band("after", of: runs.map { $0.after[index] }, .error, on: split),
      ]
    }
    section.show(
      LineChart(panels: panels, x: Axis("position"), y: Axis("error (%)")),
      title: "Error along the line before and after alignment",
      alternative:
        "Error in percent against the position between two independently trained networks, before "
        + "and after one's units are relabelled. The table below holds the barriers, records.csv "
        + "every point.",
      as: "lines",
      caption: """
        Means over pairs of networks; bands from the lowest to the highest. Points whose loss is not \
        finite are gaps.
        """)
    return section
  }

  /// Barriers before and after with paired intervals.
  func barrierSection() throws -> ReportSection {
    var table = Markdown.Table([
      .text("measured"), .text("number"), .number("before"), .number("after"),
      .number("reduction"), .text("barrier is"),
    ])
    let rows: [(String, PathQuantity, Int, (PathSummary) -> Double)] = [
      ("barrier of error (points)", .error, 2, { $0.barrier }),
      ("largest excess of error (points)", .error, 2, { $0.excess }),
      ("barrier of loss (nats)", .loss, 4, { $0.barrier }),
      ("largest excess of loss (nats)", .loss, 4, { $0.excess }),
    ]
    for index in settings.policies.indices {
      for split in settings.splits {
        for (name, quantity, digits, number) in rows {
          guard
            let change = try change(quantity, on: split, policy: index, of: number)
          else { continue }
          let means = change.means(digits: digits)
          table.append(plain: [
            split.rawValue + settings.words(index), name, means.before, means.after,
            change.words(digits: digits), change.verdict.rawValue,
          ])
        }
      }
    }
    guard !table.rows.isEmpty else { return ReportSection() }
    return ReportSection(
      "Barriers",
      .table(table),
      .paragraph(
        """
        The largest excess is over the straight line between the ends, which ends that differ do not \
        inflate. Lowered or raised where the interval of the mean reduction lies on one side of 0.
        """))
  }

  /// What the matchings did.
  var matchingSection: ReportSection {
    guard let first = runs.first?.atFirst else { return ReportSection() }
    let policies = settings.policies
    var table = Markdown.Table([
      .number("replicate"), .number("test barrier before"), .number("after"),
      .number("L2 distance before"), .number("after"), .number("inner product before"),
      .number("after"), .number("steps"), .number("units moved"),
    ])
    for run in runs {
      func height(_ lines: [MeasuredLine]) -> String {
        Format.number(lines[0].summary(.error, on: .test)?.barrier, digits: 2)
      }
      func text(_ value: Double?) -> String { Format.significant(value, digits: 4) }
      let (before, after) = (run.atFirst, run.atLast)
      table.append(plain: [
        "\(run.replicate)", height(run.before), height(run.after), text(before.distance),
        text(after.distance), text(before.objective), text(after.objective),
        Format.count(before.steps),
        "\(Format.count(before.moved)) of \(Format.count(before.units))",
      ])
    }
    var groups = Markdown.Table([
      .text("first layer of the group"), .number("units"), .number("moved, mean"),
    ])
    for (index, group) in first.groups.enumerated() {
      let moved = runs.reduce(0) { sum, run in
        sum + (index < run.atFirst.groups.count ? run.atFirst.groups[index].kept : 0)
      }
      groups.append([
        "\(code: group.name)", .init(Format.count(group.size)),
        .init(Format.number(Double(moved) / Double(runs.count), digits: 1)),
      ])
    }
    let gaps = runs.reduce(0) {
      $0 + MeasuredLine.gapCount($1.before) + MeasuredLine.gapCount($1.after)
    }
    return ReportSection(
      blocks: [
        .heading(2, "Matchings"),
        .paragraph(
          """
          Distances and inner products are over parameters. Layers whose outputs are added share one \
          group of units. A step assigns one group anew, exactly, and is taken where the inner product \
          grows\(policies.count > 1 ? "; barriers here are with \(policies[0].words)" : "").
          """),
        .table(table), .details(summary: "Units moved in each group", [.table(groups)]),
      ]
        + (gaps == 0
          ? []
          : [
            .paragraph(
              "\(Format.count(gaps, "point")) \(gaps == 1 ? "has" : "have") no finite loss.")
          ]))
  }
}
