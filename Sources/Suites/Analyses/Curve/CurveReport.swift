import Laboratory
import Recipes
import Reports

extension AnalysisReport {
  /// The report of a curve suite from what the store has.
  init(
    suite: Suite, design: CurveDesign, work: AnalysisPlan<CurveCell>, store: Store
  ) throws {
    func stored<Result>(_ content: CurveCell.Content) throws -> StoredResults<Result> {
      try StoredResults(
        AnalysisPlan(
          artifacts: work.artifacts, cells: work.cells.filter { $0.content == content }), \.key,
        store)
    }
    let points: StoredResults<Outcome<CurvePointsResult>> = try stored(.points)
    let trainings: StoredResults<Outcome<CurveResult>> = try stored(.training)
    let planes: StoredResults<Outcome<PlaneResult>> = try stored(.plane)
    try self.init(
      analysis: CurveAnalysis(
        suite, design, work.cells, points: points.results, trainings: trainings.results,
        planes: planes.results), provenance: points.provenance)
  }

  /// The report of an analysis.
  init(analysis: CurveAnalysis, provenance: [RunProvenance]) throws {
    records = analysis.table
    sections = [
      .curveAnswer(analysis), .curveNumbers(analysis), .curvesAlong(analysis),
      .curveEnsembles(analysis), .curvePlanes(analysis), try .curveLengths(analysis),
      .curveTraining(analysis),
      .provenance(analysis.suite, methods: analysis.design.methods, runs: provenance),
    ]
  }
}

extension CurveAnalysis {
  /// One row per path, policy and point, and one per point of a plane's grid.
  var table: CSV {
    var table = CSV(header: [
      "record", "network", "density", "replicate", "path", "statistics", "t", "length", "x", "y",
      "train_error", "train_loss", "test_error", "test_loss", "ensemble_error", "ensemble_loss",
    ])
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    func measured(_ evaluation: PointEvaluation) -> [String] {
      [evaluation.train, evaluation.test].flatMap { part in
        PathQuantity.allCases.map { text(part?.value(of: $0)) }
      }
    }
    for run in runs {
      func row(
        _ record: String, _ policy: StatisticsPolicy, _ place: [String],
        _ evaluation: PointEvaluation, _ ensemble: Evaluation?
      ) {
        table.append(
          [
            record, run.network.method, run.network.density.description, "\(run.replicate)",
            run.path.name, policy.rawValue,
          ] + place + measured(evaluation)
            + PathQuantity.allCases.map { text(ensemble?.value(of: $0)) })
      }
      for (index, policy) in policies.enumerated() {
        var length: Double? = run.arcs == nil ? nil : 0
        for (number, point) in run.result.points.enumerated() {
          row(
            "path", policy, ["\(point.t)", text(length), "", ""], point.evaluations[index],
            design.ensembles ? point.ensembles[index] : nil)
          if let arcs = run.arcs, number < arcs.count { length = (length ?? 0) + arcs[number] }
        }
      }
      guard let plane = run.plane else { continue }
      for (y, evaluations) in zip(plane.ys, plane.evaluations) {
        for (x, evaluation) in zip(plane.xs, evaluations) {
          row("plane", policies[decidingPolicy], ["", "", "\(x)", "\(y)"], evaluation, nil)
        }
      }
    }
    return table
  }

  /// A policy's words where there are several.
  func words(_ policy: Int) -> String {
    policies.count > 1 ? ", \(policies[policy].words)" : ""
  }
}

/// The mean over replicates, and their range where there are several: `4.1 [3.9, 4.4]`.
func acrossReplicates(_ values: [Double?], digits: Int) -> String {
  let known = values.compactMap { $0 }
  guard !known.isEmpty, known.count == values.count else { return Format.missing }
  let mean = Format.number(known.reduce(0, +) / Double(known.count), digits: digits)
  guard known.count > 1 else { return mean }
  return "\(mean) \(Format.interval(known.min()!, known.max()!, digits: digits))"
}

extension ReportSection {
  /// The question and its answer.
  static func curveAnswer(_ analysis: CurveAnalysis) -> ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(analysis.suite.question))])
    section.blocks += Self.missing(analysis.missing)
    let answers = analysis.networks.compactMap { answer($0, analysis) }
    if answers.count == 1 {
      section.blocks.append(.paragraph(.init(answers[0])))
    } else if !answers.isEmpty {
      section.blocks.append(.bullets(answers.map { .init($0) }))
    }
    if analysis.endless > 0 {
      section.blocks.append(
        .paragraph(
          """
          \(strong: Format.count(analysis.endless)) \(analysis.endless == 1 ? "path has" : "paths have") an \
          end whose training diverged and \(analysis.endless == 1 ? "is" : "are") left out.
          """
        ))
    }
    let gaps = analysis.gaps
    section.blocks.append(
      .paragraph(
        """
        A path connects its ends where its highest test error lies less than \
        \(Format.significant(analysis.design.connectedBelow)) points above the worse end's, in every \
        replicate. Curves were trained to a low mean loss by the method of Garipov et al. (NeurIPS 2018); \
        the segment is the straight line between the same ends. Every path is measured at \
        \(Format.count(analysis.design.points, "point"))\(statisticsWords(analysis))\
        \(gaps == 0 ? "" : unconnected(gaps)).
        """))
    return section
  }

  private static func unconnected(_ gaps: Int) -> String {
    gaps == 1
      ? "; 1 point has no finite loss, is a gap in the figures and does not connect"
      : "; \(Format.count(gaps)) points have no finite loss, are gaps in the figures and do not connect"
  }

  private static func statisticsWords(_ analysis: CurveAnalysis) -> String {
    guard analysis.suite.problem.normalizes else { return "" }
    let examples = Format.count(analysis.design.measurement.statisticsExamples)
    return analysis.policies.contains(.recomputed)
      ? ", batch norm's statistics computed anew on \(examples) training examples at each" : ""
  }

  private static func answer(_ network: InstabilityNetwork, _ analysis: CurveAnalysis) -> String? {
    let policy = analysis.decidingPolicy
    func means(_ path: String) -> (highest: Double, rise: Double)? {
      let found = analysis.runs(network, path).map {
        $0.summary(.error, on: .test, policy: policy)
      }
      let known = found.compactMap { $0 }
      guard !known.isEmpty, known.count == found.count else { return nil }
      return (
        known.reduce(0) { $0 + $1.highest } / Double(known.count),
        known.reduce(0) { $0 + $1.rise } / Double(known.count)
      )
    }
    func standing(_ path: String) -> String {
      let (count, total) = analysis.connecting(network, path)
      if count == total { return "it connects them" }
      return count == 0
        ? "it does not connect them"
        : "it connects them in \(Format.count(count)) of \(Format.count(total, "replicate"))"
    }
    let gap = "an end has no finite loss in some replicate"
    guard let straight = means(CurveDesign.segment) else {
      guard !analysis.runs(network, CurveDesign.segment).isEmpty else { return nil }
      return "Between \(analysis.design.ends.words(2))"
        + "\(network == .dense ? "" : " (\(network.words))") nothing is decided: \(gap)."
    }
    let kind = network == .dense ? "" : " (\(network.words))"
    let curves = analysis.design.curves.compactMap { curve -> String? in
      let name = "on \(curve.name), a \(curve.shape)"
      guard let found = means(curve.name) else {
        guard analysis.connecting(network, curve.name).of > 0 else { return nil }
        return analysis.runs(network, curve.name).isEmpty
          ? "\(name), every training diverged: it does not connect them"
          : "\(name), \(gap): \(standing(curve.name))"
      }
      return "\(name), \(Format.number(found.highest, digits: 1)) %, "
        + "\(Format.difference(found.rise, digits: 1)) points: \(standing(curve.name))"
    }
    return
      "Between \(analysis.design.ends.words(2))\(kind) the highest test error on the straight segment is "
      + "\(Format.number(straight.highest, digits: 1)) %, "
      + "\(Format.number(straight.rise, digits: 1)) points above the worse end: "
      + "\(standing(CurveDesign.segment))"
      + curves.map { "; \($0)" }.joined() + "."
  }

  /// Error and loss of every path in numbers.
  static func curveNumbers(_ analysis: CurveAnalysis) -> ReportSection {
    var section = ReportSection()
    guard !analysis.runs.isEmpty else { return section }
    section.blocks.append(.heading(2, "Segment and curves"))
    for split in analysis.splits {
      for quantity in PathQuantity.allCases {
        let digits = quantity == .error ? 2 : 4
        var columns: [Markdown.Table.Column] = [.text("network"), .text("path")]
        if analysis.policies.count > 1 { columns.append(.text("statistics")) }
        columns += ["ends", "lowest", "mean", "mean over length", "highest", "above the worse end"]
          .map { .number(.init($0)) }
        let decides = split == .test && quantity == .error
        if decides { columns.append(.text("connects")) }
        var table = Markdown.Table(columns)
        for network in analysis.networks {
          for path in analysis.design.paths {
            for (policy, name) in analysis.policies.enumerated() {
              let found = analysis.runs(network, path.name).map {
                $0.summary(quantity, on: split, policy: policy)
              }
              guard !found.isEmpty else { continue }
              func cell(_ value: (PathSummary) -> Double?) -> Markdown.Text {
                .init(acrossReplicates(found.map { $0.flatMap(value) }, digits: digits))
              }
              var row: [Markdown.Text] = [.init(network.words), .init(path.name)]
              if analysis.policies.count > 1 { row.append(.init(name.rawValue)) }
              row += [
                cell { ($0.start + $0.end) / 2 }, cell(\.lowest), cell(\.mean), cell(\.overLength),
                cell(\.highest), cell(\.rise),
              ]
              if decides {
                let (count, total) = analysis.connecting(network, path.name)
                row.append(
                  .init(policy == analysis.decidingPolicy ? "\(count) of \(total)" : Format.missing)
                )
              }
              table.append(row)
            }
          }
        }
        section.blocks += [
          .paragraph(
            "\(strong: "\(split == .test ? "Test" : "Train") \(quantity == .error ? "error in percent" : "loss in nats")")"
          ), .table(table),
        ]
      }
    }
    section.blocks.append(
      .paragraph(
        """
        Means over replicates\(analysis.suite.replicates > 1 ? ", in brackets the lowest and the highest" : ""); \
        the ends are the mean of both. The mean is over the points, evenly spaced in t; the mean over length \
        weights the pieces between them by arc length: with values vₖ and arcs ℓₖ, \
        Σ ½(vₖ + vₖ₊₁)·ℓₖ / Σ ℓₖ. A path is ε-connected (Kuditipudi et al., NeurIPS 2019) for every ε from \
        what its loss rises above the worse end's.
        """))
    return section
  }
}
