import Recipes
import Reports
import Statistics
import Suites
import Wording

/// How alike methods rank the weights of one network.
///
/// Weights of one network are no sample of anything: no p is told of their correlation. What varies from network to
/// network varies over replicates, whose mean and interval are told.
struct AnatomyScores {
  /// Two methods in one replicate, layer by layer; the first row is of all layers.
  struct Pair {
    /// In the suite's order.
    let methods: [String]
    let replicate: Int
    let parts: [AnatomyRow]

    /// The correlations over all weights.
    var whole: AnatomyRow? { parts.first { $0.layer == ScoreCorrelation.whole } }
    /// Those within layers.
    var layers: [AnatomyRow] { parts.filter { $0.layer != ScoreCorrelation.whole } }
    /// Spearman's ρ within layers, the mean over those that have one.
    var withinLayers: Double? { layers.compactMap(\.spearman).mean }
  }

  let pairs: [Pair]

  init(_ rows: [AnatomyRow]) {
    pairs = rows.filter { $0.relation == .scores }
      .groupedInOrder { [$0.place, $0.other ?? $0.place] }
      .map { Pair(methods: [$0[1].method, $0[0].method], replicate: $0[0].replicate, parts: $1) }
  }

  /// The replicates of two methods.
  func pairs(_ first: String, _ second: String) -> [Pair] {
    pairs.filter { Set($0.methods) == [first, second] }
  }

  /// The mean of a number over replicates, with its 95 % interval where there are three at least.
  static func mean(_ values: [Double]) throws -> String {
    guard !values.isEmpty else { return Format.missing }
    let mean = Format.difference(Sample.mean(values), digits: 3)
    guard values.count >= 3 else { return mean }
    let interval = try SampleSummary(values).meanInterval(level: 0.95)
    return "\(mean) \(Format.interval(interval.lower, interval.upper, digits: 3))"
  }

  /// What the scores of `methods` share.
  func section(_ methods: [MethodWords]) throws -> ReportSection {
    // Masks from files have no scores at all.
    let names = methods.filter { $0.ranked != Format.missing }.map(\.name)
    guard !pairs.isEmpty else { return ReportSection() }
    var whole = Markdown.Table([
      .text("methods"), .number("replicates"), .number("Spearman, all weights"),
      .number("Kendall, all weights"), .number("Spearman within layers"),
      .number("lowest to highest layer"),
    ])
    var layers = Markdown.Table([
      .text("methods"), .text("layer"), .number("weights"), .number("Spearman"), .number("Kendall"),
    ])
    for (index, first) in names.enumerated() {
      for second in names[(index + 1)...] {
        let own = pairs(first, second)
        let name = "\(first), \(second)"
        let within = Self.byLayer(own)
        let means = within.compactMap { $0.rows.compactMap(\.spearman).mean }
        whole.append(plain: [
          name, own.isEmpty ? Format.missing : "\(own.count)",
          try Self.mean(own.compactMap(\.whole?.spearman)),
          try Self.mean(own.compactMap(\.whole?.kendall)),
          try Self.mean(own.compactMap(\.withinLayers)),
          means.isEmpty
            ? Format.missing
            : "\(Format.difference(means.min(), digits: 3)) to \(Format.difference(means.max(), digits: 3))",
        ])
        for (layer, rows) in within {
          layers.append([
            .init(name), "\(code: layer)", .init(Format.count(rows.first?.size)),
            .init(try Self.mean(rows.compactMap(\.spearman))),
            .init(try Self.mean(rows.compactMap(\.kendall))),
          ])
        }
      }
    }
    let replicates = Set(pairs.map(\.replicate)).count
    return ReportSection(
      blocks: [
        .heading(2, "What scores share"),
        .paragraph(
          """
          Rank correlations of the scores that two methods give all prunable weights of one network: Spearman's ρ of \
          average ranks and Kendall's τ corrected for ties; \(emphasis: "within layers") is the mean over layers, so that \
          what layers differ in is taken off. \
          \(replicates < 3 ? "Means over replicates, too few for an interval." : "Means over replicates with 95 % t-intervals, not adjusted.") \
          No p is told: the weights of one network are no sample. \(Format.missing) stands where a method scores again and \
          again, under the mask so far, and so has no scores of all weights at the end.
          """), .table(whole),
        .details(
          summary: "Layer by layer: \(Format.count(layers.rows.count, "correlation"))",
          [.table(layers)]),
      ])
  }

  private static func byLayer(_ pairs: [Pair]) -> [(layer: String, rows: [AnatomyRow])] {
    pairs.flatMap(\.layers).groupedInOrder(by: \.layer).map { ($0, $1) }
  }

  /// Whose scores are most alike within layers, in one sentence; no p belongs to it.
  func sentence(but random: String?) -> String? {
    let ranked = pairs.filter { !$0.methods.contains(random ?? "") }
      .groupedInOrder(by: \.methods)
      .compactMap { methods, pairs in
        pairs.compactMap(\.withinLayers).mean.map { (methods, $0) }
      }
      .sorted { $0.1 > $1.1 }
    guard let most = ranked.first, let least = ranked.last else { return nil }
    func words(_ entry: ([String], Double)) -> String {
      "\(entry.0.joined(separator: " and ")) (Spearman's ρ \(Format.difference(entry.1, digits: 2)))"
    }
    return "Within layers \(words(most)) rank weights most alike"
      + (ranked.count == 1 ? "." : ", \(words(least)) least.")
  }
}

extension [Double] {
  /// `nil` of nothing.
  fileprivate var mean: Double? { isEmpty ? nil : Sample.mean(self) }
}
