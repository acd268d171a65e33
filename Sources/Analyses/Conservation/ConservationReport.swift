import Recipes
import Reports
import Statistics
import Suites
import Wording

/// What a conservation report says beyond its rows.
struct ConservationSettings: Hashable, Codable, Sendable {
  /// Whether hidden units are totalled too.
  let units: Bool
  /// Whether the network does not branch, so that its units have totals.
  let isChain: Bool
}

extension ConservationDesign {
  var describedMethods: [Method] { methods }

  func settings(_ suite: Suite, _ plan: AnalysisPlan<ConservationCell>) -> ConservationSettings {
    ConservationSettings(units: units, isChain: suite.problem.network.isChain)
  }

  func rows(_ suite: Suite, _ cells: [ConservationCell], _ records: Records) throws
    -> [ConservationRow]
  {
    let squared = Set(methods.filter { $0.ranking.criterion == .magnitude }.map(\.name))
    var shown: (replicate: Int, iteration: Int)?
    return try cells.flatMap { cell -> [ConservationRow] in
      guard let result: SaliencyResult = try records.result(of: cell.key) else { return [] }
      let first = shown ?? (cell.replicate, cell.iteration)
      shown = first
      return ConservationRow.layers(cell, result, squared: false)
        + ConservationRow.units(cell, result, shows: first == (cell.replicate, cell.iteration))
        + (squared.contains(cell.method)
          ? ConservationRow.layers(cell, result, squared: true) : [])
    }
  }

  static func report(_ rows: [ConservationRow], _ terms: Terms<ConservationSettings>)
    -> [ReportSection]
  {
    let runs = ConservationRun.all(rows)
    return [
      .answer(runs, question: terms.question, missing: terms.missing), .averages(runs),
      .along(runs), .units(runs, terms.settings), .totals(runs), .provenance(terms),
    ]
  }
}

extension ReportSection {
  /// Slopes, shares of variance and variation of the totals, network by network.
  static func totals(_ runs: [ConservationRun]) -> ReportSection {
    var table = Markdown.Table([
      .text("method"), .number("replicate"), .number("step"), .number("slope"),
      .number("standard error"), .number("r²"), .number("slope, biases counted"), .number("r²"),
      .number("variation of totals"),
    ])
    for run in runs {
      let (plain, counting) = (run.fit(countingBiases: false), run.fit(countingBiases: true))
      table.append(
        plain: [run.name, "\(run.replicate)", "\(run.iteration)"]
          + [
            plain?.slope, plain?.slopeError, plain?.rSquared, counting?.slope, counting?.rSquared,
            run.variation,
          ].map { Format.significant($0, digits: 4) })
    }
    guard !table.rows.isEmpty else { return ReportSection() }
    return ReportSection(blocks: [
      .heading(2, "Totals of layers, network by network"),
      .table(table),
    ])
  }

  /// Average scores against inverse sizes: figure 4.
  static func averages(_ runs: [ConservationRun]) -> ReportSection {
    var section = ReportSection()
    guard let first = runs.first else { return section }
    let shown = runs.filter { $0.replicate == first.replicate && $0.iteration == first.iteration }
    let panels = shown.map { run in
      let averages = run.averages(countingBiases: false)
      let scale = Sample.geometricMean(averages.filter { $0 > 0 }) ?? 1
      let points = zip(run.layers, averages).map { layer, average in
        LineChart.Point(1 / Double(layer.size), onLogarithmicAxis: average / scale)
      }.sorted { $0.x < $1.x }
      return LineChart.Panel(
        run.name, [LineChart.Series("layers", points, intervals: .hidden)])
    }
    section.blocks.append(.heading(2, "Layers"))
    section.show(
      LineChart(
        panels: panels, x: Axis("1 / weights of the layer", scale: .log10),
        y: Axis("average score, relative", scale: .log10)),
      title: "Average score against inverse layer size",
      alternative:
        "Average score of each layer over the geometric mean of all layers, against the inverse of "
        + "its size, one panel for each of \(shown.map(\.name).sentence). The tables hold the slopes.",
      as: "layers",
      caption: """
        Replicate \(Format.count(first.replicate)), step \(Format.count(first.iteration)). Average scores are divided by their \
        geometric mean over layers, so that all methods share one axis; slopes are untouched.
        """)
    return section
  }

  /// Slopes along training: figure 5b.
  static func along(_ runs: [ConservationRun]) -> ReportSection {
    var section = ReportSection()
    let steps = Set(runs.map(\.iteration)).sorted()
    guard steps.count > 1 else { return section }
    let series = runs.map(\.name).distinct.map { name in
      LineChart.Series(
        name,
        steps.map { step in
          let slopes = runs.filter { $0.name == name && $0.iteration == step }
            .compactMap { $0.fit(countingBiases: false)?.slope }
          return .init(
            Double(step), slopes.isEmpty ? nil : Sample.mean(slopes), lower: slopes.min(),
            upper: slopes.max())
        }, intervals: .band)
    }
    section.blocks.append(.heading(2, "Along training"))
    section.show(
      LineChart(
        series, x: Axis("optimizer steps"), y: Axis("slope"),
        references: [.init("conservation", y: 1)]),
      title: "Conservation along training",
      alternative:
        "Slope of the average score on the inverse layer size against optimizer steps, one line per "
        + "method. The tables hold the numbers.",
      as: "training",
      caption: "Means over replicates; bands from the lowest to the highest.")
    return section
  }

  /// Incoming against outgoing totals of hidden units: figure 3.
  static func units(_ runs: [ConservationRun], _ settings: ConservationSettings) -> ReportSection {
    guard settings.units, let first = runs.first else { return ReportSection() }
    var section = ReportSection("Hidden units")
    guard settings.isChain else {
      section.say(
        """
        Layers only: this network's residual connections add what several layers send to a unit, so \
        that no pair of tensors holds all of its incoming and outgoing weights.
        """)
      return section
    }
    var table = Markdown.Table([
      .text("method"), .number("replicate"), .number("step"), .text("between"), .number("units"),
      .number("correlation"), .number("median relative difference"),
      .number("slope through 0"), .number("Σ out / Σ in"),
    ])
    for run in runs {
      for row in run.kinds {
        table.append(
          plain: [
            run.name, "\(run.replicate)", "\(run.iteration)", row.between?.words ?? Format.missing,
            Format.count(row.units ?? 0),
          ]
            + [row.correlation, row.medianDifference, row.slope, row.ratio]
            .map { Format.significant($0, digits: 4) })
      }
    }
    guard !table.rows.isEmpty else { return section }
    let shown = runs.filter {
      $0.replicate == first.replicate && $0.iteration == first.iteration && !$0.kinds.isEmpty
    }
    section.show(
      LineChart(
        panels: shown.map { LineChart.Panel($0.name, Self.scatter($0)) },
        x: Axis("score in, relative", scale: .log10),
        y: Axis("score out, relative", scale: .log10)),
      title: "Scores into and out of hidden units",
      alternative:
        "Total score out of a hidden unit against the total into it, one panel for each of "
        + "\(shown.map(\.name).sentence). The table below holds correlations and slopes.",
      as: "units",
      caption: """
        Replicate \(Format.count(first.replicate)), step \(Format.count(first.iteration)); up to 300 units of each sort, evenly \
        chosen, those with both totals above 0; divided by the mean total in.
        """)
    section.blocks.append(.table(table))
    return section
  }

  private static func scatter(_ run: ConservationRun) -> [LineChart.Series] {
    SaliencyResult.Units.Kind.allCases.compactMap { kind in
      let pairs = run.units.filter { $0.between == kind }
        .compactMap { unit in unit.scoreIn.flatMap { one in unit.scoreOut.map { (one, $0) } } }
      guard !pairs.isEmpty else { return nil }
      let scale = pairs.reduce(0) { $0 + $1.0 } / Double(pairs.count)
      let points = pairs.flatMap { incoming, outgoing in
        // The gap after each point keeps the line from joining them.
        [
          LineChart.Point(incoming / scale, outgoing / scale),
          LineChart.Point(incoming / scale, nil),
        ]
      }
      return LineChart.Series(kind.words, points, intervals: .hidden)
    }
  }
}

extension SaliencyResult.Units.Kind {
  fileprivate var words: String {
    switch self {
    case .convolution: "convolutions"
    case .flattening: "convolution and linear"
    case .linear: "linear layers"
    }
  }
}
