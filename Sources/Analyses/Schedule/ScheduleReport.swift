import Recipes
import Reports
import Suites
import Wording

/// What a schedule report says beyond its rows.
struct ScheduleSettings: Hashable, Codable, Sendable {
  /// Shapes of schedules.
  let shapes: [ScheduleDesign.Shape]
  /// Compressions are 10^e.
  let exponents: [Double]
  /// Numbers of iterations.
  let iterations: [Int]
}

extension ScheduleDesign {
  var describedMethods: [Method] { [Self.synflow] }

  func settings(_ suite: Suite, _ plan: AnalysisPlan<ScheduleCell>) -> ScheduleSettings {
    ScheduleSettings(shapes: shapes, exponents: exponents, iterations: iterations)
  }

  func rows(_ suite: Suite, _ cells: [ScheduleCell], _ records: Records) throws -> [ScheduleRow] {
    try cells.flatMap { cell -> [ScheduleRow] in
      let result = try records.result(of: cell.key, as: PruneSizeResult.self)
      return (result?.iterations ?? []).enumerated().map { index, iteration in
        var row = ScheduleRow()
        (row.shape, row.exponent, row.iterations) = (cell.shape, cell.exponent, cell.iterations)
        (row.replicate, row.iteration) = (cell.replicate, index + 1)
        (row.kept, row.pruned, row.output) = (iteration.kept, iteration.pruned, iteration.output)
        row.ratio = iteration.ratio
        return row
      }
    }
  }

  static func report(_ rows: [ScheduleRow], _ terms: Terms<ScheduleSettings>)
    -> [ReportSection]
  {
    [ScheduleReport(rows, terms).section, .provenance(terms)]
  }
}

/// Prune size against cut size: figure 7.
struct ScheduleReport {
  /// One schedule at one compression.
  private struct Pruning: Hashable {
    let shape: ScheduleDesign.Shape
    let exponent: Double
    let iterations: Int
  }

  private let terms: Terms<ScheduleSettings>
  /// The largest ratio of each pruning in any replicate.
  private let ratios: [Pruning: Double]

  init(_ rows: [ScheduleRow], _ terms: Terms<ScheduleSettings>) {
    self.terms = terms
    ratios = Dictionary(grouping: rows) {
      Pruning(shape: $0.shape, exponent: $0.exponent, iterations: $0.iterations)
    }.mapValues { rows in rows.reduce(0) { max($0, $1.ratio) } }
  }

  private func ratio(_ shape: ScheduleDesign.Shape, _ exponent: Double, _ iterations: Int)
    -> Double?
  {
    ratios[Pruning(shape: shape, exponent: exponent, iterations: iterations)]
  }

  /// Up to which compression each shape of schedule stays below the cut, and from how many iterations on.
  private var answer: Markdown.Text {
    let parts = terms.settings.shapes.map { shape -> Markdown.Text in
      let safe = safe(shape)
      guard let last = compressions.prefix(safe.count).last, let least = safe.max() else {
        return "\(strong: "\(shape.rawValue) schedules at no compression tried")\(beyond(shape, 0))"
      }
      let power = "10^\(Format.significant(last))"
      let place =
        safe.count == compressions.count
        ? "at every compression tried, up to \(power)" : "up to a compression of \(power)"
      let ratios = compressions.prefix(safe.count).flatMap { exponent in
        terms.settings.iterations.filter { $0 >= least }.compactMap { ratio(shape, exponent, $0) }
      }
      return """
        \(strong: "\(shape.rawValue) schedules \(place), from \(Format.count(least, "iteration")) on") \
        (largest ratio \(Format.significant(ratios.max())))\(beyond(shape, safe.count))
        """
    }
    return "Less than a cut in every iteration, in every replicate, prune "
      + parts.dropFirst().reduce(parts[0]) { $0 + "; " + $1 } + "."
  }

  /// The compressions that prune something, as exponents.
  private var compressions: [Double] { terms.settings.exponents.filter { $0 > 0 } }

  /// For each of the first compressions at which a shape stays below the cut, the number of iterations from which on it
  /// does.
  private func safe(_ shape: ScheduleDesign.Shape) -> [Int] {
    var least: [Int] = []
    for exponent in compressions {
      let enough = terms.settings.iterations.reversed().prefix { iterations in
        ratio(shape, exponent, iterations).map { $0 < 1 } ?? false
      }
      guard let fewest = enough.last else { break }
      least.append(fewest)
    }
    return least
  }

  /// What the most iterations give at the first compression that is not safe.
  private func beyond(_ shape: ScheduleDesign.Shape, _ safe: Int) -> String {
    guard safe < compressions.count, let most = terms.settings.iterations.last,
      let value = ratio(shape, compressions[safe], most)
    else { return "" }
    return ": at 10^\(Format.significant(compressions[safe])) the ratio is still "
      + "\(Format.significant(value)) with \(Format.count(most, "iteration"))"
  }

  /// The question, the answer, the figure and the tables.
  var section: ReportSection {
    let design = terms.settings
    var section = ReportSection(blocks: [.heading(1, .init(terms.question))])
    if !ratios.isEmpty { section.say(answer) }
    section.blocks += ReportSection.missing(terms.missing)
    section.say(
      """
      An iteration that prunes less than the smallest cut cannot empty a layer: the sum of the scores it \
      prunes, over R, the size of every complete cut of the network it prunes, stays below 1 (Tanaka et al., \
      NeurIPS 2020, section 6 and figure 7). The tables hold the largest ratio over the iterations of each \
      pruning with SynFlow and over \(Format.count(terms.replicates, "replicate")). Ratios are computed, not \
      estimated: no test stands behind them, and compressions between those tried are not claimed.
      """)
    let panels = design.shapes.map { shape in
      LineChart.Panel(
        shape.rawValue,
        design.exponents.filter { $0 > 0 }.map { exponent in
          LineChart.Series(
            "10^\(Format.significant(exponent))×",
            design.iterations.map {
              .init(Double($0), onLogarithmicAxis: ratio(shape, exponent, $0))
            }, intervals: .hidden)
        })
    }
    section.show(
      LineChart(
        panels: panels, x: Axis("iterations", scale: .log10),
        y: Axis("largest prune size / cut size", scale: .log10),
        references: [.init("layers safe below", y: 1)]),
      title: "Prune size against cut size",
      alternative:
        "Largest ratio of prune size to cut size against the number of iterations, one panel for "
        + "each of \(design.shapes.map(\.rawValue).sentence) schedules, one line per compression. "
        + "The tables below hold the numbers.",
      as: "schedules",
      caption: "Below 1 no iteration can empty a layer.")
    for shape in design.shapes {
      var table = Markdown.Table(
        [.number("compression")] + design.iterations.map { .number(.init(Format.count($0))) })
      for exponent in design.exponents {
        table.append(
          plain: ["10^\(Format.significant(exponent))"]
            + design.iterations.map { Format.number(ratio(shape, exponent, $0), digits: 4) })
      }
      section.blocks += [
        .heading(2, "\(shape.rawValue.capitalized) schedules, by iterations"), .table(table),
      ]
    }
    return section
  }
}
