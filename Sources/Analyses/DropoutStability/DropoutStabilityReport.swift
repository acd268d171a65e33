import Recipes
import Reports
import Suites
import Wording

/// What a dropout-stability report says beyond its rows.
struct DropoutStabilitySettings: Hashable, Codable, Sendable {
  /// Random halves tried in each hidden layer.
  let draws: Int
}

extension DropoutStabilityDesign {
  func settings(_ suite: Suite, _ plan: AnalysisPlan<DropoutStabilityCell>)
    -> DropoutStabilitySettings
  {
    DropoutStabilitySettings(draws: draws)
  }

  func rows(_ suite: Suite, _ cells: [DropoutStabilityCell], _ records: Records) throws
    -> [DropoutStabilityRow]
  {
    try cells.flatMap { cell -> [DropoutStabilityRow] in
      guard
        let path = try records.result(
          of: cell.path, as: Outcome<DropoutStabilityResult>.self),
        let segment = try records.result(of: cell.segment, as: Outcome<SegmentResult>.self)
      else { return [] }
      // Both have the same ends, so that where one diverged, so did the other.
      guard let found = path.found, let segment = segment.found else {
        return [DropoutStabilityRow(cell.replicate, .diverged)]
      }
      return DropoutStabilityRow.rows(cell.replicate, found, segment)
    }
  }

  static func report(
    _ rows: [DropoutStabilityRow], _ terms: Terms<DropoutStabilitySettings>
  ) -> [ReportSection] {
    let analysis = DropoutStabilityAnalysis(rows, terms)
    return [
      analysis.answerSection, analysis.pathSection, analysis.boundSection,
      analysis.layerSection, analysis.pieceSection, .provenance(terms),
    ]
  }
}

extension DropoutStabilityAnalysis {
  /// The question and its answer.
  var answerSection: ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(terms.question))])
    let judged = runs.compactMap { run in
      run.connection.flatMap { path in run.straight.map { (run, path, $0) } }
    }
    if !judged.isEmpty {
      let (connected, straight) = (
        judged.count { $0.0.verdict == .connected },
        judged.count { $0.2.verdict(rounding: EpsilonConnection.rounding) == .connected }
      )
      let epsilons = judged.compactMap(\.0.epsilon)
      let others = runs.count - judged.count
      let unjudged =
        others > 0 ? " (\(Format.count(others)) more have losses that are not finite)" : ""
      section.say(
        """
        \(strong: "\(connected) of \(Format.count(judged.count, "path")) through networks of half the width \(connected == 1 || judged.count == 1 ? "keeps its" : "keep their") bound") \
        max(L(A), L(B)) + ε on the examples that measured ε, to the rounding of float32; of the straight \
        segments between the same networks \(straight == 0 ? "none" : Format.count(straight)) \
        \(straight == 1 || straight == 0 ? "does" : "do")\(unjudged). ε is \(Format.range(epsilons)) nats, the \
        largest loss on the path \(Format.range(judged.compactMap(\.1.highest))), on the segment \
        \(Format.range(judged.compactMap(\.2.highest))), at the ends at most \
        \(Format.range(judged.map { $0.1.bound - ($0.0.epsilon ?? 0) })).
        """)
    }
    section.blocks += ReportSection.missing(terms.missing)
    if diverged > 0 {
      section.say(
        "Pairs with a network whose training diverged, left out: \(Format.count(diverged)).")
    }
    section.say(
      """
      A network is ε-dropout stable if half of the units of each hidden layer can be dropped, from the \
      top layer down and the others rescaled, without the loss rising by more than ε at any stage; two \
      such networks are joined by a piecewise-linear path through networks of half their width on which \
      the loss is at most that of the worse end plus ε (Kuditipudi et al., NeurIPS 2019, theorem 1). ε \
      here is what the best halves found give: in each layer the half of the largest products of \
      incoming and outgoing norms\(terms.settings.draws == 0 ? "" : " and \(Format.count(terms.settings.draws)) random halves"), \
      chosen by the loss on the examples that measure ε. Of n units ⌊n/2⌋ stay, times n/⌊n/2⌋.
      """)
    return section
  }

  /// Loss along the paths with their knots.
  var pathSection: ReportSection {
    guard let first = runs.first else { return ReportSection() }
    var section = ReportSection("Loss along the path")
    let panels = runs.map { run in
      let length = Double(run.pieces.count)
      func along(
        _ points: [DropoutStabilityRow], over width: Double = 1,
        _ loss: (Measured) -> Double?
      ) -> [LineChart.Point] {
        points.map { .init(($0.position ?? 0) * width, loss($0.measured)) }
      }
      var series = [
        LineChart.Series("path, training", along(run.path) { $0.trainLoss }, intervals: .hidden),
        LineChart.Series("path, test", along(run.path) { $0.testLoss }, intervals: .hidden),
        LineChart.Series(
          "straight segment, training", along(run.segment, over: length) { $0.trainLoss },
          intervals: .hidden),
      ]
      if let bound = run.connection?.bound {
        series.append(
          .init("max(ends) + ε", [.init(0, bound), .init(length, bound)], intervals: .hidden))
      }
      return LineChart.Panel(runs.count == 1 ? "" : "replicate \(run.replicate)", series)
    }
    let ticks = stride(from: 0, through: first.pieces.count, by: 5).map {
      Axis.Tick(Double($0), label: "\($0)")
    }
    section.show(
      LineChart(panels: panels, x: Axis("knot", ticks: ticks), y: Axis("loss (nats)")),
      title: "Loss along the path through half-width networks",
      alternative:
        "Cross-entropy against the position on the path, whole numbers being knots, one panel per "
        + "pair of networks, with the straight segment between the same networks and the bound. The "
        + "table below holds the largest values.",
      as: "path",
      caption: """
        Knots are whole numbers; the straight segment is drawn over the same width. Training losses \
        are those of the examples that measured ε.
        """)
    return section
  }

  /// The largest values against the bounds.
  var boundSection: ReportSection {
    guard !runs.isEmpty else { return ReportSection() }
    var losses = Markdown.Table([
      .number("replicate"), .number("L(A)"), .number("L(B)"), .number("ε of A"),
      .number("ε of B"), .number("bound"), .number("largest on the path"), .text("bound"),
      .number("largest on the segment"), .text("bound"),
    ])
    var errors = Markdown.Table([
      .number("replicate"), .number("A"), .number("B"), .number("largest on the path"),
      .number("largest on the segment"),
    ])
    func standing(_ verdict: EpsilonConnection.Verdict?) -> Markdown.Text {
      switch verdict {
      case .connected: "kept"
      case .apart: "exceeded"
      case .unbounded: "not finite"
      case nil: .init(Format.missing)
      }
    }
    func loss(_ value: Double?) -> Markdown.Text { .init(Format.number(value, digits: 4)) }
    func error(_ value: Double?) -> Markdown.Text { .init(Format.number(value, digits: 2)) }
    for run in runs {
      let (first, second, straight) = (run.first.first, run.second.first, run.straight)
      losses.append([
        .init("\(run.replicate)"), loss(first?.measured.trainLoss),
        loss(second?.measured.trainLoss), loss(first?.epsilon), loss(second?.epsilon),
        loss(run.connection?.bound),
        loss(run.connection?.highest), standing(run.verdict), loss(straight?.highest),
        standing(straight?.verdict(rounding: EpsilonConnection.rounding)),
      ])
      errors.append([
        .init("\(run.replicate)"), error(first?.measured.testError),
        error(second?.measured.testError),
        error(DropoutStabilityAnalysis.Run.highestTestError(run.path)),
        error(DropoutStabilityAnalysis.Run.highestTestError(run.segment)),
      ])
    }
    return ReportSection(
      "Against the bound",
      .paragraph(
        """
        Loss in nats on the examples that measured ε; a path that keeps its bound is ε-connected, and this one is by \
        construction, to the \
        rounding of float32 (\(Format.significant(EpsilonConnection.rounding)) of the loss, or of 1).
        """),
      .table(losses), .paragraph("Test error in percent, for which nothing is promised:"),
      .table(errors))
  }

  /// What dropping each layer costs.
  var layerSection: ReportSection {
    var table = Markdown.Table([
      .number("replicate"), .text("network"), .text("down to layer"), .number("units"),
      .number("kept"), .text("half"), .number("training loss"), .number("rise"),
      .number("test error (%)"),
    ])
    for run in runs {
      for network in [run.first, run.second] {
        let whole = network.first?.measured.trainLoss
        for drop in network.dropFirst() {
          let loss = drop.measured.trainLoss
          let rise = loss.flatMap { loss in whole.map { loss - $0 } }
          table.append([
            .init("\(run.replicate)"), .init(drop.path.rawValue), "\(code: drop.layer ?? "")",
            .init(Format.count(drop.units)), .init(Format.count(drop.kept)),
            .init(drop.type ?? Format.missing), .init(Format.number(loss, digits: 4)),
            .init(Format.difference(rise, digits: 4)),
            .init(Format.number(drop.measured.testError, digits: 2)),
          ])
        }
      }
    }
    guard !table.rows.isEmpty else { return ReportSection() }
    return ReportSection(
      "Dropping halves, from the top layer down",
      .paragraph("Each row has lost half of its layer and of all above it."), .table(table))
  }

  /// The pieces of the first path.
  var pieceSection: ReportSection {
    guard let run = runs.first else { return ReportSection() }
    var table = Markdown.Table([
      .number("from knot"), .text("layer that moves"), .text("loss"),
      .number("training loss at its end"),
    ])
    for (index, piece) in run.pieces.enumerated() {
      let end = run.path.first { $0.position == Double(index + 1) }
      table.append([
        .init("\(index)"), "\(code: piece.piece ?? "")",
        .init(piece.isConstant == true ? "constant" : "at most that of its ends"),
        .init(Format.number(end?.measured.trainLoss, digits: 4)),
      ])
    }
    return ReportSection(blocks: [
      .details(summary: "Every segment of replicate \(run.replicate)", [.table(table)])
    ])
  }
}
