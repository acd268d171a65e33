import Recipes
import Reports
import Statistics
import Suites
import Wording

/// What a collapse report says beyond its rows.
struct CollapseSettings: Hashable, Codable, Sendable {
  /// What is known of a method's counts without pruning.
  struct Method: Hashable, Codable {
    let name: String
    /// Layers that it leaves whole.
    let excluded: [String]
    /// For magnitudes ranked all together at initialization, the distributions of the layers that have one.
    let distributions: [String: WeightDistribution]?
    /// Whether it ranks independent uniform scores of all layers together, once.
    let isUniform: Bool
  }

  /// Methods in the suite's order.
  let methods: [Method]
  /// Random rankings drawn for the distribution of random pruning's critical compression.
  let draws: Int
}

extension CollapseSettings.Method {
  init(_ method: Suites.Method, _ suite: Suite) {
    let ranking = method.ranking
    let isGlobal = ranking.scope == .global && ranking.schedule == .oneShot
    name = method.name
    excluded = ranking.excluded
    isUniform = isGlobal && method.prunesAtRandom
    let hasLaw =
      isGlobal && ranking.criterion == .magnitude && method.maskFrom == .step(.zero)
    distributions =
      hasLaw
      ? Dictionary(
        uniqueKeysWithValues: suite.problem.tensors.filter(\.isPrunable).compactMap { tensor in
          suite.initializer.distribution(of: tensor).map { (tensor.name, $0) }
        }) : nil
  }
}

extension CollapseDesign {
  var describedMethods: [Method] { methods }

  func settings(_ suite: Suite, _ plan: AnalysisPlan<CollapseCell>) -> CollapseSettings {
    CollapseSettings(
      methods: methods.map { CollapseSettings.Method($0, suite) }, draws: draws)
  }

  func rows(_ suite: Suite, _ cells: [CollapseCell], _ records: Records) throws
    -> [CollapseRow]
  {
    let found = try cells.flatMap { cell in
      try records.result(of: cell.key).map { CollapseRow.rows(cell, $0) } ?? []
    }
    // Method by method, replicate by replicate, from dense to sparse.
    let byMethod = Dictionary(grouping: found, by: \.method)
    return methods.flatMap { method in
      (byMethod[method.name] ?? []).grouped(by: \.replicate).flatMap { _, rows in
        rows.grouped(by: \.density).reversed().flatMap(\.value)
      }
    }
  }

  static func report(_ rows: [CollapseRow], _ terms: Terms<CollapseSettings>) throws
    -> [ReportSection]
  {
    let runs = CollapseRun.all(rows, terms.settings)
    return [
      .collapse(runs, question: terms.question, missing: terms.missing), .layers(runs),
      try .magnitude(runs), try .random(runs, terms), .counts(runs), .provenance(terms),
    ]
  }
}

extension CollapseRun {
  /// Names of the layers emptied first, or how many where they are more than three.
  fileprivate var emptiedWords: Markdown.Text {
    guard !emptied.isEmpty else { return "none" }
    guard emptied.count <= 3 else {
      return "\("\(emptied.count) of \(Format.count(layers.count, "layer"))")"
    }
    return emptied.dropFirst().reduce("\(code: emptied[0])") { "\($0), \(code: $1)" }
  }
}

extension ReportSection {
  /// Where every method empties a layer, against the maximal compression.
  static func collapse(_ runs: [CollapseRun], question: String, missing: Int) -> ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(question))])
    guard let first = runs.first else {
      section.blocks += Self.missing(missing)
      return section
    }
    section.say(CollapseAnswer(runs).sentence)
    section.blocks += Self.missing(missing)
    section.say(
      """
      A layer that loses its last weight cuts the network: layer-collapse. No method can keep all \
      layers beyond the compression at which one weight per layer is left, N/L = \
      \(CollapseAnswer.words(first.maximal)) here (N prunable weights, L layers; Tanaka et \
      al., NeurIPS 2020). A method's critical compression lies between the largest compression \
      tried that leaves every layer a weight and the next one tried. Counts are exact: what varies from \
      replicate to replicate is the draw of the network alone.
      """)
    var table = Markdown.Table([
      .text("method"), .number("replicate"), .number("last without an empty layer"),
      .number("first with one"), .text("empty there"), .number("first / maximal"),
    ])
    for run in runs {
      let ratio = run.firstEmpty.map { $0.density.compression / run.maximal }
      table.append([
        .init(run.method.name), .init("\(run.replicate)"),
        .init(run.lastWhole?.density.compressionWords ?? Format.missing),
        .init(run.firstEmpty?.density.compressionWords ?? "none tried"), run.emptiedWords,
        .init(Format.significant(ratio)),
      ])
    }
    section.blocks.append(.table(table))
    let names = runs.map(\.method.name).distinct
    func means(_ value: (CollapseRun) -> CollapseRun.Point?) -> [Double?] {
      names.map { name in
        let values = runs.filter { $0.method.name == name }.compactMap {
          value($0)?.density.compression
        }
        // On a logarithmic axis replicates are averaged by their ratios.
        return Sample.geometricMean(values)
      } + [first.maximal]
    }
    section.show(
      Figure(
        title: "Critical compression",
        alternative:
          "For each of \(names.sentence): the largest compression tried without an empty layer and "
          + "the smallest with one, beside the maximal compression N/L. The table above holds the "
          + "numbers.",
        .bars(
          BarChart(
            categories: names + ["maximal, N/L"],
            series: [
              .init("last without an empty layer", means(\.lastWhole)),
              .init("first with one", means(\.firstEmpty)),
            ],
            // From no compression on: bars on a logarithmic axis have no zero.
            y: Axis("compression", scale: .log10, range: 1...CollapseAnswer.top(runs))))),
      as: "critical-compression",
      caption: "Geometric means over replicates; the right-hand group is the bound of any method.")
    return section
  }

  /// What each method keeps of each layer: figures 1 and 2 of the paper.
  static func layers(_ runs: [CollapseRun]) -> ReportSection {
    guard let first = runs.first else { return ReportSection() }
    var section = ReportSection("Layers")
    let names = runs.map(\.method.name).distinct
    let panels = names.map { name in
      let own = runs.filter { $0.method.name == name }
      return LineChart.Panel(
        name,
        first.layers.indices.map { layer in
          LineChart.Series(
            first.layers[layer],
            own[0].points.map { point in
              let kept = own.compactMap { run in
                run.points.first { $0.density == point.density }.map { $0.kept[layer] }
              }
              let fraction =
                Double(kept.reduce(0, +)) / Double(max(kept.count, 1) * first.sizes[layer])
              return .init(point.density.compression, onLogarithmicAxis: 100 * fraction)
            }, intervals: .hidden)
        })
    }
    section.show(
      LineChart(
        panels: panels, x: Axis("compression", scale: .log10),
        y: Axis("kept of the layer (%)", scale: .log10)),
      title: "Layers under compression",
      alternative:
        "Percent of each layer kept against the compression of all layers together, one panel for "
        + "each of \(names.sentence), one line per layer. records.csv holds the numbers.",
      as: "layers",
      caption: "Mean over replicates; a line ends where its layer is empty in all of them.")
    return section
  }

  /// Magnitude pruning against its closed form.
  static func magnitude(_ runs: [CollapseRun]) throws -> ReportSection {
    var section = ReportSection()
    var table = Markdown.Table([
      .text("method"), .number("replicate"), .number("compression"), .number("threshold"),
      .text("layer farthest off"), .number("z"),
    ])
    var worst = 0.0
    for run in runs {
      for check in try MagnitudeCheck.all(run) ?? [] {
        worst = max(worst, abs(check.worst.z))
        table.append([
          .init(run.method.name), .init("\(run.replicate)"),
          .init(check.density.compressionWords),
          .init(Format.significant(check.threshold, digits: 4)),
          "\(code: check.worst.layer)", .init(Format.difference(check.worst.z, digits: 2)),
        ])
      }
    }
    guard !table.rows.isEmpty else { return section }
    section.blocks = [
      .heading(2, "Magnitude at initialization, in closed form"),
      .paragraph(
        """
        Independent weights of known distributions under one threshold t: layer l keeps nₗ·P(|wₗ| > t) \
        in expectation, for normal weights nₗ·erfc(t/(σₗ√2)), and t solves Σ nₗ·P(|wₗ| > t) = kept. \
        Counts deviate from it by at most \(Format.number(worst, digits: 2)) binomial standard \
        deviations, all layers and compressions together \
        (\(Format.count(table.rows.count * (runs.first?.layers.count ?? 0), "comparison"))).
        """),
      .details(summary: "The worst layer at every compression", [.table(table)]),
    ]
    return section
  }

  /// The distribution of random pruning's critical compression.
  static func random(_ runs: [CollapseRun], _ terms: Terms<CollapseSettings>) throws
    -> ReportSection
  {
    let draws = terms.settings.draws
    var section = ReportSection()
    for run in runs where run.replicate == runs.first(where: { $0.method == run.method })?.replicate
    {
      guard let law = try RandomLaw(run, seed: terms.seed, draws: draws) else { continue }
      let quantiles = [0.05, 0.25, 0.5, 0.75, 0.95].map {
        CollapseAnswer.words(law.quantile($0))
      }
      section.blocks.append(.heading(2, .init("The critical compression of \(run.method.name)")))
      section.say(
        """
        Random pruning's critical compression is itself random. Over \(Format.count(draws)) random \
        rankings its quantiles at 5, 25, 50, 75 and 95 % are \(quantiles.joined(separator: ", ")); \
        the law of independent uniform scores is exact, and no weight is touched. Layer \
        probabilities are hypergeometric, C(N − nₗ, k) / C(N, k).
        """)
      var table = Markdown.Table([
        .number("compression"), .number("P(a layer is empty)"), .text("likeliest layer"),
        .number("P(it is empty)"),
      ])
      for point in run.points {
        let single = law.selection.emptyProbabilities(keeping: run.kept(at: point.density))
        let likeliest = single.indices.max { single[$0] < single[$1] }!
        table.append([
          .init(point.density.compressionWords),
          .init(Format.pValue(law.collapsed(keeping: run.kept(at: point.density)))),
          "\(code: run.layers[run.rankable[likeliest]])", .init(Format.pValue(single[likeliest])),
        ])
      }
      section.blocks.append(.table(table))
    }
    return section
  }

  /// Every count of the first replicate.
  static func counts(_ runs: [CollapseRun]) -> ReportSection {
    var section = ReportSection(
      "Kept weights per layer",
      .paragraph("All replicates are in \("records.csv", link: "records.csv")."))
    for name in runs.map(\.method.name).distinct {
      guard let run = runs.first(where: { $0.method.name == name }) else { continue }
      let table = Markdown.Table(
        [.text("layer"), .number("size")]
          + run.points.map { .number(.init($0.density.compressionWords)) },
        rows: run.layers.enumerated().map { index, layer in
          ["\(code: layer)", .init(Format.count(run.sizes[index]))]
            + run.points.map { .init(Format.count($0.kept[index])) }
        })
      section.blocks.append(
        .details(summary: "\(name), replicate \(run.replicate)", [.table(table)]))
    }
    return section
  }
}
