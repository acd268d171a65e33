import Laboratory
import Recipes
import Reports
import Statistics
import Wording

extension AnalysisReport {
  /// The report of a schedule suite from its results.
  init(
    suite: Suite, design: ScheduleDesign, work: AnalysisPlan<ScheduleCell>,
    stored: StoredResults<PruneSizeResult>
  ) throws {
    let results = stored.results
    records = work.table(results)
    sections = [
      .schedules(design, suite: suite, work: work, results),
      .provenance(suite, methods: [ScheduleDesign.synflow], runs: stored.provenance),
    ]
  }
}

extension AnalysisPlan where Cell == ScheduleCell {
  /// One row per pruning and iteration.
  func table(_ results: [Key: PruneSizeResult]) -> CSV {
    var table = CSV(header: [
      "schedule", "exponent", "iterations", "replicate", "iteration", "kept", "pruned", "output",
      "ratio",
    ])
    for cell in cells {
      for (index, iteration) in (results[cell.key]?.iterations ?? []).enumerated() {
        table.append([
          cell.shape.rawValue, "\(cell.exponent)", "\(cell.iterations)", "\(cell.replicate)",
          "\(index + 1)", "\(iteration.kept)", "\(iteration.pruned)", "\(iteration.output)",
          "\(iteration.ratio)",
        ])
      }
    }
    return table
  }

  /// The largest ratio of each pruning, mean over replicates.
  fileprivate func ratio(
    _ shape: ScheduleDesign.Shape, _ exponent: Double, _ iterations: Int,
    _ results: [Key: PruneSizeResult]
  ) -> Double? {
    let ratios = cells.filter {
      $0.shape == shape && $0.exponent == exponent && $0.iterations == iterations
    }.compactMap { results[$0.key]?.largestRatio }
    return ratios.isEmpty ? nil : Sample.mean(ratios)
  }
}

extension ReportSection {
  /// Prune size against cut size: figure 7.
  static func schedules(
    _ design: ScheduleDesign, suite: Suite, work: AnalysisPlan<ScheduleCell>,
    _ results: [Key: PruneSizeResult]
  ) -> ReportSection {
    var section = ReportSection(blocks: [
      .heading(1, .init(suite.question)),
      .paragraph(
        """
        An iteration that prunes less than the smallest cut cannot empty a layer: the sum of the scores \
        it prunes, over R, the size of every complete cut of the network it prunes, stays below 1 \
        (Tanaka et al., NeurIPS 2020, section 6 and figure 7). The tables hold the largest ratio over \
        the iterations of each pruning with SynFlow, mean over \(Format.count(suite.replicates)) \
        replicate\(suite.replicates == 1 ? "" : "s").
        """),
    ])
    section.blocks += Self.missing(Set(work.cells.map(\.key)).count { results[$0] == nil })
    let panels = design.shapes.map { shape in
      LineChart.Panel(
        shape.rawValue,
        design.exponents.filter { $0 > 0 }.map { exponent in
          LineChart.Series(
            "10^\(Format.significant(exponent))×",
            design.iterations.map { iterations in
              let ratio = work.ratio(shape, exponent, iterations, results)
              return .init(Double(iterations), ratio.flatMap { $0 > 0 ? $0 : nil })
            }, intervals: .hidden)
        })
    }
    section.show(
      Figure(
        title: "Prune size against cut size",
        alternative:
          "Largest ratio of prune size to cut size against the number of iterations, one panel for "
          + "each of \(design.shapes.map(\.rawValue).sentence) schedules, one line per compression. "
          + "The tables below hold the numbers.",
        .lines(
          LineChart(
            panels: panels, x: Axis("iterations", scale: .log10),
            y: Axis("largest prune size / cut size", scale: .log10),
            references: [.init("layers safe below", y: 1)]))),
      as: "schedules", caption: "Below 1 no iteration can empty a layer.")
    for shape in design.shapes {
      var table = Markdown.Table(
        [.number("compression")] + design.iterations.map { .number(.init(Format.count($0))) })
      for exponent in design.exponents {
        table.append(
          [.init("10^\(Format.significant(exponent))")]
            + design.iterations.map { iterations in
              let ratio = work.ratio(shape, exponent, iterations, results)
              return .init(ratio.map { Format.number($0, digits: 4) } ?? Format.missing)
            })
      }
      let title = "\(shape.rawValue.capitalized) schedules, by iterations"
      section.blocks.append(.heading(2, Markdown.Text(title)))
      section.blocks.append(.table(table))
    }
    return section
  }
}
