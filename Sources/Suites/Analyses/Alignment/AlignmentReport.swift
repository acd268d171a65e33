import Laboratory
import Recipes
import Reports

extension AnalysisReport {
  /// The report of an alignment suite from its results.
  init(
    suite: Suite, design: AlignmentDesign, work: AnalysisPlan<AlignmentCell>,
    alignments: StoredResults<Outcome<AlignmentResult>>,
    before: StoredResults<Outcome<SegmentResult>>, after: StoredResults<Outcome<SegmentResult>>
  ) throws {
    let analysis = AlignmentAnalysis(
      suite, design, work.cells, alignments: alignments.results,
      paths: before.results.merging(after.results) { $1 })
    records = analysis.table
    sections = [
      try .alignmentAnswer(analysis, suite: suite), .alignmentLines(analysis),
      try .alignmentBarriers(analysis), .alignmentMatchings(analysis),
      .provenance(suite, methods: [], runs: alignments.provenance),
    ]
  }
}

extension AlignmentAnalysis {
  /// One row per line, policy and point.
  var table: CSV {
    var table = CSV(header: [
      "replicate", "line", "statistics", "position", "train_error", "train_loss", "test_error",
      "test_loss", "distance", "moved", "units",
    ])
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    for run in runs {
      for (line, result) in [("before", run.before), ("after", run.after)] {
        for (index, policy) in policies.enumerated() {
          let columns = [
            result.values(.error, on: .train, policy: index),
            result.values(.loss, on: .train, policy: index),
            result.values(.error, on: .test, policy: index),
            result.values(.loss, on: .test, policy: index),
          ]
          for (point, position) in result.positions.enumerated() {
            table.append(
              ["\(run.replicate)", line, policy.rawValue, "\(position)"]
                + columns.map { text($0[point]) } + [
                  text(result.geometry.distance), "\(run.matching.moved)",
                  "\(run.matching.units)",
                ])
          }
        }
      }
    }
    return table
  }

  /// A policy's words where there are several.
  func words(_ index: Int) -> String { policies.count > 1 ? ", \(policies[index].words)" : "" }
}

extension AlignmentAnalysis.Change {
  /// The mean reduction with its interval.
  func words(digits: Int = 2) -> String {
    Format.difference(mean, interval?.interval, digits: digits)
  }

  fileprivate func means(digits: Int = 2) -> (before: String, after: String) {
    (
      Format.number(Self.mean(before), digits: digits),
      Format.number(Self.mean(after), digits: digits)
    )
  }
}

extension ReportSection {
  /// The question and its answer.
  static func alignmentAnswer(_ analysis: AlignmentAnalysis, suite: Suite) throws -> ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(suite.question))])
    let answers = try analysis.policies.indices.compactMap { index -> Markdown.Text? in
      guard let change = try analysis.change(on: .test, policy: index) else { return nil }
      let means = change.means()
      let verdict =
        switch change.verdict {
        case .lowered: "Weight matching lowers the barrier"
        case .raised: "Weight matching raises the barrier"
        case .undecided: "Whether weight matching lowers the barrier is undecided"
        }
      return """
        \(verdict)\(analysis.words(index)): from \(means.before) to \(means.after) points of test error, \
        a reduction of \(change.words()).
        """
    }
    section.blocks += answers.count > 1 ? [.bullets(answers)] : answers.map { .paragraph($0) }
    section.blocks += Self.missing(analysis.missing)
    if analysis.diverged > 0 {
      section.blocks.append(
        .paragraph(
          """
          \(strong: Format.count(analysis.diverged)) of \
          \(Format.count(analysis.runs.count + analysis.diverged)) pairs have a network whose training \
          diverged and are left out; of the others nothing is decided.
          """))
    }
    section.blocks.append(
      .paragraph(
        """
        Networks that differ by the order of their hidden units compute the same. Two networks with \
        initializations and orders of examples of their own are joined by a line before and after the \
        units of the second are relabelled to come near those of the first (Entezari et al., ICLR 2022; \
        weight matching: Ainsworth, Hayase & Srinivasa, ICLR 2023, algorithm 1, best of \
        \(Format.count(analysis.design.attempts)) \
        ascent\(analysis.design.attempts == 1 ? "" : "s"); parameters count, batch norm's scales and \
        shifts too, running statistics do not). The barrier is the highest error on the line less the \
        mean of its ends. Means are over \(Format.count(analysis.runs.count, "pair")) of networks, intervals \
        \(Format.percent(AlignmentDesign.level)) and of the paired difference.
        """))
    if analysis.policies.contains(.recomputed) {
      section.blocks.append(
        .paragraph(
          """
          Between two networks activations shrink, so that batch norm's interpolated statistics do not \
          fit them; recomputed on training data they do (Jordan et al., ICLR 2023, REPAIR), and \
          alignment shows with those.
          """))
    } else if !suite.problem.normalizes {
      section.blocks.append(
        .paragraph("These networks have no batch norm, whose statistics would need recomputing."))
    }
    return section
  }

  /// Error along both lines.
  static func alignmentLines(_ analysis: AlignmentAnalysis) -> ReportSection {
    var section = ReportSection()
    guard !analysis.runs.isEmpty else { return section }
    section.blocks.append(.heading(2, "Error along the line"))
    let panels = analysis.policies.indices.flatMap { index in
      analysis.splits.map { split in
        LineChart.Panel(
          "\(split.rawValue)\(analysis.words(index))",
          [("before alignment", \AlignmentAnalysis.Run.before), ("after", \.after)].map {
            name, path in
            LineChart.Series(
              name, along(analysis.runs.map { $0[keyPath: path] }, split, index), intervals: .band)
          })
      }
    }
    section.show(
      Figure(
        title: "Error along the line before and after alignment",
        alternative:
          "Error in percent against the position between two independently trained networks, before "
          + "and after one's units are relabelled. The table below holds the barriers, records.csv "
          + "every point.",
        .lines(LineChart(panels: panels, x: Axis("position"), y: Axis("error (%)")))),
      as: "lines",
      caption: """
        Means over pairs of networks; bands from the lowest to the highest. Points whose loss is not \
        finite are gaps.
        """)
    return section
  }

  private static func along(_ results: [SegmentResult], _ split: PathSplit, _ index: Int)
    -> [LineChart.Point]
  {
    guard let positions = results.first?.positions else { return [] }
    let lines = results.map { $0.values(.error, on: split, policy: index) }
    return positions.enumerated().map { point, position in
      let values = lines.compactMap { $0[point] }
      // A mean over the others alone would hide the gap.
      guard values.count == lines.count else { return .init(position, nil) }
      return .init(
        position, values.reduce(0, +) / Double(values.count), lower: values.min(),
        upper: values.max())
    }
  }

  /// Barriers before and after with paired intervals.
  static func alignmentBarriers(_ analysis: AlignmentAnalysis) throws -> ReportSection {
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
    for index in analysis.policies.indices {
      for split in analysis.splits {
        for (name, quantity, digits, number) in rows {
          guard
            let change = try analysis.change(quantity, on: split, policy: index, of: number)
          else { continue }
          let means = change.means(digits: digits)
          table.append([
            .init(split.rawValue + analysis.words(index)), .init(name), .init(means.before),
            .init(means.after), .init(change.words(digits: digits)),
            .init(change.verdict.rawValue),
          ])
        }
      }
    }
    guard !table.rows.isEmpty else { return ReportSection() }
    return ReportSection(blocks: [
      .heading(2, "Barriers"), .table(table),
      .paragraph(
        """
        The largest excess is over the straight line between the ends, which ends that differ do not \
        inflate. Lowered or raised where the interval of the mean reduction lies on one side of 0.
        """),
    ])
  }

  /// What the matchings did.
  static func alignmentMatchings(_ analysis: AlignmentAnalysis) -> ReportSection {
    guard let first = analysis.runs.first?.matching else { return ReportSection() }
    var table = Markdown.Table([
      .number("replicate"), .number("test barrier before"), .number("after"),
      .number("L2 distance before"), .number("after"), .number("inner product before"),
      .number("after"), .number("steps"), .number("units moved"),
    ])
    for run in analysis.runs {
      let matching = run.matching
      func height(_ result: SegmentResult) -> Markdown.Text {
        .init(
          result.summary(.error, on: .test).map { Format.number($0.barrier, digits: 2) }
            ?? Format.missing)
      }
      table.append(
        [.init("\(run.replicate)"), height(run.before), height(run.after)]
          + [
            matching.distanceBefore, matching.distanceAfter, matching.objectives.first!,
            matching.objectives.last!,
          ].map { .init(Format.significant($0, digits: 4)) } + [
            .init(Format.count(matching.objectives.count - 1)),
            .init("\(Format.count(matching.moved)) of \(Format.count(matching.units))"),
          ])
    }
    var groups = Markdown.Table([
      .text("first layer of the group"), .number("units"), .number("moved, mean"),
    ])
    for (index, group) in first.groups.enumerated() {
      let moved = analysis.runs.reduce(0) { $0 + $1.matching.groups[index].moved }
      groups.append([
        "\(code: group.name)", .init(Format.count(group.size)),
        .init(Format.number(Double(moved) / Double(analysis.runs.count), digits: 1)),
      ])
    }
    let gaps = analysis.runs.reduce(0) { $0 + $1.before.gapCount + $1.after.gapCount }
    return ReportSection(
      blocks: [
        .heading(2, "Matchings"),
        .paragraph(
          """
          Distances and inner products are over parameters. Layers whose outputs are added share one \
          group of units. A step assigns one group anew, exactly, and is taken where the inner product \
          grows\(analysis.policies.count > 1 ? "; barriers here are with \(analysis.policies[0].words)" : "").
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
