import Recipes
import Reports
import Statistics

extension ReportSection {
  /// Error along the segments, one figure per network and one panel per step.
  static func errorAlong(_ analysis: InstabilityAnalysis) -> ReportSection {
    var section = ReportSection()
    guard !analysis.runs.isEmpty || !analysis.diverged.isEmpty else { return section }
    section.blocks.append(.heading(2, "Error along the segments"))
    for (number, network) in analysis.design.networks.enumerated() {
      let panels = analysis.design.steps.map { step in
        LineChart.Panel(
          "k = \(step)",
          analysis.policies.indices.flatMap { index in
            analysis.splits.map { split in
              LineChart.Series(
                "\(split.rawValue)\(analysis.words(index))",
                along(analysis.runs(of: network, from: step), split, index), intervals: .band)
            }
          })
      }
      section.show(
        Figure(
          title: "Error along the segments: \(network.words)",
          alternative:
            "Error in percent against the position between two siblings, one panel for each step of "
            + "parting. records.csv holds the numbers.",
          .lines(
            LineChart(panels: panels, x: Axis("position"), y: Axis("error (%)")))),
        as: "segment-\(number + 1)",
        caption: """
          \(network.words): means over all segments; bands from the lowest to the highest. Points \
          whose loss is not finite are gaps.
          """)
    }
    let gaps = analysis.runs.reduce(0) { $0 + $1.result.gapCount }
    let diverged = analysis.diverged.count
    if gaps + diverged > 0 {
      section.blocks.append(
        .paragraph(
          """
          \(Format.count(gaps, "point")) \(gaps == 1 ? "has" : "have") no finite loss; \(Format.count(diverged)) of \
          \(Format.count(analysis.runs.count + diverged, "segment")) \(diverged == 1 ? "has" : "have") an end whose \
          training diverged and \(diverged == 1 ? "is" : "are") left out.
          """))
    }
    return section
  }

  private static func along(_ runs: [InstabilityRun], _ split: PathSplit, _ index: Int)
    -> [LineChart.Point]
  {
    guard let positions = runs.first?.result.positions else { return [] }
    let lines = runs.map { $0.result.values(.error, on: split, policy: index) }
    return positions.enumerated().map { point, position in
      let values = lines.compactMap { $0[point] }
      // A mean over the others alone would hide the gap.
      guard values.count == lines.count else { return .init(position, nil) }
      return .init(
        position, values.reduce(0, +) / Double(values.count), lower: values.min(),
        upper: values.max())
    }
  }

  /// Barriers in error and loss, distances and disagreements.
  static func segments(_ analysis: InstabilityAnalysis) throws -> ReportSection {
    var section = ReportSection()
    guard !analysis.runs.isEmpty else { return section }
    section.blocks.append(.heading(2, "Segments"))
    var barriers = Markdown.Table([
      .text("network"), .text("k"), .text("measured"), .number("ends' error (%)"),
      .number("barrier"), .number("largest excess"), .number("ends' loss"),
      .number("barrier of loss"), .number("excess of loss"),
    ])
    var distances = Markdown.Table([
      .text("network"), .text("k"), .number("L2 distance"), .number("angle (°)"),
      .number("L2 from parent"), .number("angle at parent (°)"),
      .number("test examples that differ"),
      .number("were they independent"), .number("ratio"),
    ])
    for network in analysis.design.networks {
      for step in analysis.design.steps {
        for index in analysis.policies.indices {
          for split in analysis.splits {
            func text(
              _ quantity: PathQuantity, _ digits: Int, _ number: (PathSummary) -> Double
            ) throws -> Markdown.Text {
              let found = try analysis.estimate(
                network, from: step, quantity, on: split, policy: index, of: number)
              return .init(found.map { Format.number($0.mean, digits: digits) } ?? Format.missing)
            }
            barriers.append([
              .init(network.words), .init(step.description),
              .init(split.rawValue + analysis.words(index)), try text(.error, 2) { $0.ends },
              try text(.error, 2) { $0.barrier }, try text(.error, 2) { $0.excess },
              try text(.loss, 4) { $0.ends }, try text(.loss, 4) { $0.barrier },
              try text(.loss, 4) { $0.excess },
            ])
          }
        }
        distances.append(
          [.init(network.words), .init(step.description)]
            + Self.distances(analysis.runs(of: network, from: step).map(\.result)))
      }
    }
    section.blocks += [
      .paragraph(
        """
        Means over segments. The barrier is the highest value less the mean of the ends; the largest \
        excess is over the straight line between the ends, which ends that differ do not inflate.
        """),
      .table(barriers),
      .paragraph(
        """
        Distances are over parameters, without running statistics. Independent predictions would differ on \
        a fraction Σ n_c/n · (1 − Σ p(j|c)·q(j|c)) of examples, p(j|c) and q(j|c) being the fractions of \
        class c that either end calls j; the ratio is the observed fraction over that.
        """),
      .table(distances),
    ]
    return section
  }

  private static func distances(_ results: [SegmentResult]) -> [Markdown.Text] {
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    func text(_ value: Double?, _ write: (Double) -> String) -> Markdown.Text {
      .init(value.map(write) ?? Format.missing)
    }
    let geometries = results.map(\.geometry)
    let parents = geometries.compactMap(\.fromParent)
    let disagreements = results.map(\.disagreement)
    let (fraction, expected) = (
      mean(disagreements.map(\.fraction)), mean(disagreements.map(\.expected))
    )
    return [
      text(mean(geometries.map(\.distance))) { Format.significant($0) },
      text(mean(geometries.map(\.angle))) { Format.number($0, digits: 1) },
      text(mean(parents.flatMap { [$0.start, $0.end] })) { Format.significant($0) },
      text(mean(parents.compactMap(\.angle))) { Format.number($0, digits: 1) },
      text(fraction) { Format.percent($0) }, text(expected) { Format.percent($0) },
      text(ratio(fraction, expected)) { Format.number($0, digits: 2) },
    ]
  }

  private static func ratio(_ fraction: Double?, _ expected: Double?) -> Double? {
    guard let fraction, let expected, expected > 0 else { return nil }
    return fraction / expected
  }

  /// What sharing saved, and where tickets come from.
  static func sharedWork(_ work: AnalysisPlan<InstabilityCell>, _ design: InstabilityDesign)
    -> ReportSection
  {
    var section = ReportSection(blocks: [
      .paragraph(
        """
        The plan trains \(Format.count(work.artifacts.count { $0.kind == "training" }, "network")); a \
        runner that makes every segment by itself would train \(Format.count(design.unsharedTrainings(work.cells) ?? 0)).
        """)
    ])
    if let ladder = design.ladder {
      section.blocks.append(
        .paragraph(
          """
          Tickets come from a ladder of \(Format.count(ladder.levels, "level")), each keeping \
          \(Format.percent(ladder.kept.value)) of the one before \
          (\(ladder.schedule == .iterative ? "trained, pruned and rewound to k level by level" : "one shot after training")), \
          rewound to the step k at which siblings part (Frankle et al., ICML 2020, algorithm 2).
          """))
    }
    return section
  }
}

extension SegmentResult {
  /// Points without a finite loss, under any policy.
  var gapCount: Int {
    evaluations.count { point in
      point.contains { $0.test.loss == nil || $0.train.map { $0.loss == nil } == true }
    }
  }
}
