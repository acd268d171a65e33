import Laboratory
import Recipes
import Reports

extension AnalysisReport {
  /// The report of a dropout-stability suite from its results.
  init(
    suite: Suite, design: DropoutStabilityDesign, work: AnalysisPlan<DropoutStabilityCell>,
    paths: StoredResults<Outcome<DropoutStabilityResult>>,
    segments: StoredResults<Outcome<SegmentResult>>
  ) throws {
    let analysis = DropoutStabilityAnalysis(
      design, work.cells, paths: paths.results, segments: segments.results)
    records = analysis.table
    sections = [
      .dropoutAnswer(analysis, suite: suite), .dropoutPaths(analysis), .dropoutBounds(analysis),
      .dropoutLayers(analysis), .dropoutSegments(analysis),
      .provenance(suite, methods: [], runs: paths.provenance),
    ]
  }
}

extension DropoutStabilityAnalysis {
  /// One row per point of every path and straight segment.
  var table: CSV {
    var table = CSV(header: [
      "replicate", "path", "position", "layer", "type", "train_error", "train_loss", "test_error",
      "test_loss", "epsilon", "bound",
    ])
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    for run in runs {
      func add(_ path: String, _ position: Double, _ piece: [String], _ point: PointEvaluation) {
        table.append(
          ["\(run.replicate)", path, "\(position)"] + piece + [
            text(point.train?.error), text(point.train?.loss), text(point.test.error),
            text(point.test.loss), text(run.found.epsilon), text(run.found.connection?.bound),
          ])
      }
      for (position, point) in zip(run.found.positions, run.found.evaluations) {
        let piece = Int(position)
        let isKnot = Double(piece) == position
        add(
          "half-width", position,
          isKnot
            ? ["", "knot"]
            : [
              run.found.segments[piece].layer,
              run.found.segments[piece].isConstant ? "constant" : "interpolated",
            ], point)
      }
      for (position, point) in zip(run.segment.positions, run.segment.evaluations) {
        add("straight", position, ["", ""], point[0])
      }
    }
    return table
  }
}

extension ReportSection {
  /// The question and its answer.
  static func dropoutAnswer(_ analysis: DropoutStabilityAnalysis, suite: Suite) -> ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(suite.question))])
    let judged = analysis.runs.compactMap { run in
      run.found.connection.flatMap { path in run.straight.map { (run, path, $0) } }
    }
    if !judged.isEmpty {
      let (connected, straight) = (
        judged.count { $0.0.verdict == .connected },
        judged.count { $0.2.verdict(rounding: EpsilonConnection.rounding) == .connected }
      )
      let epsilons = judged.compactMap(\.0.found.epsilon)
      let others = analysis.runs.count - judged.count
      let unjudged =
        others > 0 ? " (\(Format.count(others)) more have losses that are not finite)" : ""
      section.blocks.append(
        .paragraph(
          """
          \(Format.count(connected)) of \(Format.count(judged.count, "path")) \(connected == 1 || judged.count == 1 ? "keeps its" : "keep their") bound \
          max(L(A), L(B)) + ε on the examples that measured ε; of the straight segments between the same \
          networks \(Format.count(straight)) do\(unjudged). ε is \(range(epsilons)) nats, the largest loss on the \
          path \(range(judged.compactMap(\.1.highest))), on the segment \
          \(range(judged.compactMap(\.2.highest))), at the ends at most \
          \(range(judged.map { $0.1.bound - ($0.0.found.epsilon ?? 0) })).
          """))
    }
    section.blocks += Self.missing(analysis.missing)
    if analysis.diverged > 0 {
      section.blocks.append(
        .paragraph(
          "Pairs with a network whose training diverged, left out: \(Format.count(analysis.diverged))."
        ))
    }
    section.blocks.append(
      .paragraph(
        """
        A network is ε-dropout stable if half of the units of each hidden layer can be dropped, from the \
        top layer down and the others rescaled, without the loss rising by more than ε at any stage; two \
        such networks are joined by a piecewise-linear path through networks of half their width on which \
        the loss is at most that of the worse end plus ε (Kuditipudi et al., NeurIPS 2019, theorem 1). ε \
        here is what the best halves found give: in each layer the half of the largest products of \
        incoming and outgoing norms\(analysis.design.draws == 0 ? "" : " and \(Format.count(analysis.design.draws)) random halves"), \
        chosen by the loss on the examples that measure ε. Of n units ⌊n/2⌋ stay, times n/⌊n/2⌋.
        """))
    return section
  }

  private static func range(_ values: [Double]) -> String {
    guard let least = values.min(), let most = values.max() else { return Format.missing }
    let (low, high) = (Format.significant(least), Format.significant(most))
    return low == high ? low : "\(low) to \(high)"
  }

  /// Loss along the paths with their knots.
  static func dropoutPaths(_ analysis: DropoutStabilityAnalysis) -> ReportSection {
    var section = ReportSection()
    guard let first = analysis.runs.first else { return section }
    section.blocks.append(.heading(2, "Loss along the path"))
    let panels = analysis.runs.map { run in
      let (found, length) = (run.found, Double(run.found.segments.count))
      func along(_ loss: (PointEvaluation) -> Double?) -> [LineChart.Point] {
        zip(found.positions, found.evaluations).map { .init($0, loss($1)) }
      }
      var series = [
        LineChart.Series("path, training", along { $0.train?.loss }, intervals: .hidden),
        LineChart.Series("path, test", along { $0.test.loss }, intervals: .hidden),
        LineChart.Series(
          "straight segment, training",
          zip(run.segment.positions, run.segment.values(.loss, on: .train)).map {
            .init($0 * length, $1)
          }, intervals: .hidden),
      ]
      if let bound = found.connection?.bound {
        series.append(
          .init("max(ends) + ε", [.init(0, bound), .init(length, bound)], intervals: .hidden))
      }
      return LineChart.Panel(analysis.runs.count == 1 ? "" : "replicate \(run.replicate)", series)
    }
    let ticks = stride(from: 0, through: first.found.segments.count, by: 5).map {
      Axis.Tick(Double($0), label: "\($0)")
    }
    section.show(
      Figure(
        title: "Loss along the path through half-width networks",
        alternative:
          "Cross-entropy against the position on the path, whole numbers being knots, one panel per "
          + "pair of networks, with the straight segment between the same networks and the bound. The "
          + "table below holds the largest values.",
        .lines(
          LineChart(
            panels: panels, x: Axis("knot", ticks: ticks),
            y: Axis("loss (nats)")))),
      as: "path",
      caption: """
        Knots are whole numbers; the straight segment is drawn over the same width. Training losses \
        are those of the examples that measured ε.
        """)
    return section
  }

  /// The largest values against the bounds.
  static func dropoutBounds(_ analysis: DropoutStabilityAnalysis) -> ReportSection {
    guard !analysis.runs.isEmpty else { return ReportSection() }
    var losses = Markdown.Table([
      .number("replicate"), .number("L(A)"), .number("L(B)"), .number("ε of A"),
      .number("ε of B"), .number("bound"), .number("largest on the path"), .text("path"),
      .number("largest on the segment"), .text("segment"),
    ])
    var errors = Markdown.Table([
      .number("replicate"), .number("A"), .number("B"), .number("largest on the path"),
      .number("largest on the segment"),
    ])
    func loss(_ value: Double?) -> Markdown.Text {
      .init(value.map { Format.number($0, digits: 4) } ?? Format.missing)
    }
    func error(_ value: Double?) -> Markdown.Text {
      .init(value.map { Format.number($0, digits: 2) } ?? Format.missing)
    }
    for run in analysis.runs {
      let (found, straight) = (run.found, run.straight)
      losses.append([
        .init("\(run.replicate)"), loss(found.start.whole.train?.loss),
        loss(found.end.whole.train?.loss), loss(found.start.epsilon), loss(found.end.epsilon),
        loss(found.connection?.bound), loss(found.connection?.highest),
        .init(run.verdict?.rawValue ?? Format.missing), loss(straight?.highest),
        .init(straight?.verdict(rounding: EpsilonConnection.rounding).rawValue ?? Format.missing),
      ])
      errors.append([
        .init("\(run.replicate)"), error(found.start.whole.test.error),
        error(found.end.whole.test.error), error(run.highestTestError),
        error(run.highestTestErrorOfSegment),
      ])
    }
    return ReportSection(blocks: [
      .heading(2, "Against the bound"),
      .paragraph(
        """
        Loss in nats on the examples that measured ε; the path keeps its bound by construction, to the \
        rounding of float32 (\(Format.significant(EpsilonConnection.rounding)) of the loss, or of 1).
        """),
      .table(losses), .paragraph("Test error in percent, for which nothing is promised:"),
      .table(errors),
    ])
  }

  /// What dropping each layer costs.
  static func dropoutLayers(_ analysis: DropoutStabilityAnalysis) -> ReportSection {
    var table = Markdown.Table([
      .number("replicate"), .text("network"), .text("down to layer"), .number("units"),
      .number("kept"), .text("half"), .number("training loss"), .number("rise"),
      .number("test error (%)"),
    ])
    for run in analysis.runs {
      for (name, end) in [("A", run.found.start), ("B", run.found.end)] {
        for drop in end.drops {
          let (loss, whole) = (drop.evaluation.train?.loss, end.whole.train?.loss)
          table.append([
            .init("\(run.replicate)"), .init(name), "\(code: drop.layer)",
            .init(Format.count(drop.units)), .init(Format.count(drop.kept)),
            .init(drop.choice == 0 ? "largest norms" : "random"),
            .init(loss.map { Format.number($0, digits: 4) } ?? Format.missing),
            .init(
              loss.flatMap { loss in
                whole.map { Format.difference(loss - $0, digits: 4) }
              } ?? Format.missing),
            .init(Format.number(drop.evaluation.test.error, digits: 2)),
          ])
        }
      }
    }
    guard !table.rows.isEmpty else { return ReportSection() }
    return ReportSection(blocks: [
      .heading(2, "Dropping halves, from the top layer down"),
      .paragraph("Each row has lost half of its layer and of all above it."), .table(table),
    ])
  }

  /// The pieces of the first path.
  static func dropoutSegments(_ analysis: DropoutStabilityAnalysis) -> ReportSection {
    guard let run = analysis.runs.first else { return ReportSection() }
    var table = Markdown.Table([
      .number("from knot"), .text("layer that moves"), .text("loss"),
      .number("training loss at its end"),
    ])
    for (index, segment) in run.found.segments.enumerated() {
      let end = run.found.positions.firstIndex(of: Double(index + 1))
      table.append([
        .init("\(index)"), "\(code: segment.layer)",
        .init(segment.isConstant ? "constant" : "at most that of its ends"),
        .init(
          end.flatMap { run.found.evaluations[$0].train?.loss }
            .map { Format.number($0, digits: 4) } ?? Format.missing),
      ])
    }
    return ReportSection(blocks: [
      .details(summary: "Every segment of replicate \(run.replicate)", [.table(table)])
    ])
  }
}
