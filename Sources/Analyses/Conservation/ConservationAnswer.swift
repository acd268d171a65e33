import Reports
import Statistics
import Suites
import Wording

/// Whether one method's scores are conserved, in every network that was scored.
struct ConservedMethod {
  /// The coefficient of variation of totals up to which they count as equal.
  ///
  /// Conservation is exact in theory where biases count; totals of weights leave out what trained biases carry, some
  /// 0.0003 of the mean in a LeNet. What is not conserved differs by a tenth of the mean or more.
  static let tolerance = 0.001

  let name: String
  private let runs: [ConservationRun]

  init(_ name: String, in runs: [ConservationRun]) {
    self.name = name
    self.runs = runs.filter { $0.name == name }
  }

  /// The totals' coefficients of variation, one for each network that has one.
  var variations: [Double] { runs.compactMap(\.variation).filter(\.isFinite) }
  /// Slopes of the average score on the inverse size.
  var slopes: [Double] { runs.compactMap { $0.fit(countingBiases: false)?.slope } }
  /// Median relative differences between the totals into and out of hidden units.
  var differences: [Double] { runs.flatMap(\.kinds).compactMap(\.medianDifference) }

  /// Networks that were scored.
  var count: Int { runs.count }
  /// Those in which totals are equal.
  var conserved: Int { variations.count { $0 <= Self.tolerance } }
}

extension ReportSection {
  /// The question, the answer, and what it rests on method by method.
  static func answer(_ runs: [ConservationRun], question: String, missing: Int) -> ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(question))])
    let methods = runs.map(\.name).distinct.map { ConservedMethod($0, in: runs) }
    if !methods.isEmpty { section.say(answer(methods, runs)) }
    section.blocks += Self.missing(missing)
    if !methods.isEmpty { section.blocks.append(.table(summary(of: methods))) }
    section.say(
      """
      Scores that are conserved have the same total in every layer, so that a layer's average score is the \
      inverse of its size: on logarithmic axes a line of slope 1, and totals whose coefficient of variation \
      (standard deviation over mean) is 0 (Tanaka et al., NeurIPS 2020, figures 3 to 5). Totals are absolute \
      values of sums of signed scores. A coefficient of up to \(Format.significant(ConservedMethod.tolerance)) \
      counts as 0: totals of weights leave out what trained biases carry. These are sums, not estimates: no test stands behind them, and nothing is claimed of other \
      networks. Sizes count a layer's weights; the slope beside it counts its biases too, as the paper's \
      figures do.
      """)
    return section
  }

  /// Which methods' scores are conserved in all, some or none of the networks.
  private static func answer(_ methods: [ConservedMethod], _ runs: [ConservationRun])
    -> Markdown.Text
  {
    let judged = methods.filter { !$0.variations.isEmpty }
    let all = judged.filter { $0.conserved == $0.count }
    let none = judged.filter { $0.conserved == 0 }
    let some = judged.filter { (1..<$0.count).contains($0.conserved) }
    func spread(_ methods: [ConservedMethod]) -> String {
      Format.range(methods.flatMap(\.variations))
    }
    var parts: [Markdown.Text] = []
    if all.isEmpty {
      let place = some.isEmpty ? "" : " in every network"
      parts.append(
        "\(strong: "No method's scores are conserved from layer to layer\(place)")")
    } else {
      parts.append(
        """
        \(strong: "The scores of \(all.map(\.name).sentence) are conserved from layer to layer"): their \
        totals vary by \(spread(all)) of the mean in \(networks(runs))
        """)
    }
    parts += some.map { method in
      let count = "\(method.conserved) of \(Format.count(method.count, "network"))"
      return "those of \(method.name) are in \(count), by \(spread([method]))"
    }
    if !none.isEmpty {
      parts.append(
        all.isEmpty
          ? "totals of \(none.map(\.name).sentence) vary by \(spread(none)) of the mean in \(networks(runs))"
          : "those of \(none.map(\.name).sentence) are not, by \(spread(none))")
    }
    let silent = methods.filter(\.variations.isEmpty).map(\.name)
    if !silent.isEmpty {
      parts.append("of \(silent.sentence) nothing is said, as the totals are zero or one alone")
    }
    return parts.dropFirst().reduce(parts[0]) { $0 + "; " + $1 } + "."
  }

  /// How many networks every method was asked about.
  private static func networks(_ runs: [ConservationRun]) -> String {
    let replicates = Set(runs.map(\.replicate)).count
    let steps = Set(runs.map(\.iteration)).count
    let count = Set(runs.map { [$0.replicate, $0.iteration] }).count
    return count == 1
      ? "the one network"
      : "all \(Format.count(count, "network")) (\(Format.count(replicates, "replicate")) at "
        + "\(Format.count(steps, "step")))"
  }

  private static func summary(of methods: [ConservedMethod]) -> Markdown.Table {
    let hasUnits = methods.contains { !$0.differences.isEmpty }
    return Markdown.Table(
      [
        .text("method"), .text("conserved"), .number("variation of totals"), .number("slope"),
      ] + (hasUnits ? [.number("difference through a hidden unit")] : []),
      rows: methods.map { method in
        [
          method.name, "\(method.conserved) of \(method.count)", Format.range(method.variations),
          Format.range(method.slopes),
        ].map { .init($0) } + (hasUnits ? [.init(Format.range(method.differences))] : [])
      })
  }
}
