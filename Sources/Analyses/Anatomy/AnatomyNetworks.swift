import Recipes
import Reports
import Statistics
import Suites
import Wording

/// The masks of several networks, side by side: how much of what methods share is how many weights of each layer they
/// keep.
struct AnatomyNetworks {
  /// One network's masks.
  let networks: [(name: String, masks: AnatomyMasks)]
  /// The same networks' scores.
  private let scores: [AnatomyScores]

  init(_ rows: [AnatomyRow], _ terms: Terms<AnatomySettings>) throws {
    let byNetwork = rows.groupedInOrder { $0.network ?? "" }
    networks = try byNetwork.map { ($0, try AnatomyMasks($1, terms.settings)) }
    scores = byNetwork.map { AnatomyScores($0.value) }
  }

  /// Two methods, the same one in two replicates where they are equal.
  private struct Couple: Hashable {
    let first, second: String

    var words: String { first == second ? "\(first), two seeds" : "\(first), \(second)" }
  }

  private var densities: [Density] {
    networks.flatMap(\.masks.comparedDensities).distinct.sorted(by: >)
  }

  private func agreements(_ masks: AnatomyMasks, _ density: Density)
    -> [(key: Couple, value: [AnatomyAgreement])]
  {
    masks.pairs.filter { ($0.sort == .methods || $0.sort == .seeds) && $0.density == density }
      .groupedInOrder { Couple(first: $0.second.method, second: $0.first.method) }
      .map { ($0, $1.map(\.agreement)) }
  }

  func sections(_ terms: Terms<AnatomySettings>) throws -> [ReportSection] {
    [answer(terms), comparison, try scoreComparison] + networks.map(section)
      + [.provenance(terms)]
  }

  private func answer(_ terms: Terms<AnatomySettings>) -> ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(terms.question))])
    let sentences = sentences(but: terms.settings.random)
    if !sentences.isEmpty { section.say("\(strong: sentences.joined(separator: " "))") }
    section.blocks += ReportSection.missing(terms.missing)
    section.say(
      """
      Of \(Format.count(terms.settings.masks, "mask")) of \(Format.count(networks.count, "network")). Two masks share \
      more where both keep much of the same layers, whichever weights these are. The part of allocation is how much of \
      what masks share beyond masks drawn over all weights at once masks share that are drawn within layers with the \
      same counts: at 100 % methods agree on nothing but how much of each layer they keep, above it they avoid each other's weights \
      within layers. Two seeds are masks of one \
      method of two initializations. Means over replicates; these are descriptions of the masks looked at, without a test.
      """)
    return section
  }

  /// For each method but `random`, from which part to which two seeds' masks are allocation, and the same of two
  /// methods, at the sparsest density.
  func sentences(but random: String?) -> [String] {
    guard let density = densities.last else { return [] }
    var found: [Couple: [(network: String, part: Double)]] = [:]
    for (name, masks) in networks {
      for (couple, agreements) in agreements(masks, density)
      where ![couple.first, couple.second].contains(random) {
        guard let part = AnatomyAgreement.part(agreements) else { continue }
        found[couple, default: []].append((name, part))
      }
    }
    func range(_ couples: [Couple], _ words: (Couple) -> String) -> String? {
      let parts = couples.flatMap { couple in
        (found[couple] ?? []).map { (words: "\(words(couple)) in \($0.network)", part: $0.part) }
      }.sorted { ($0.part, $0.words) < ($1.part, $1.words) }
      guard let least = parts.first, let most = parts.last, parts.count > 1 else { return nil }
      return "from \(Format.percent(least.part, significant: 2)) (\(least.words)) to "
        + "\(Format.percent(most.part, significant: 2)) (\(most.words))"
    }
    let place = "At \(Format.percent(density.value)) "
    let seeds = range(found.keys.filter { $0.first == $0.second }) { $0.first }
    let methods = range(found.keys.filter { $0.first != $0.second }) {
      "\($0.first) and \($0.second)"
    }
    return [
      seeds.map {
        "\(place)layer allocation is \($0) of what masks of one method and two initializations share beyond masks drawn "
          + "over all weights."
      },
      methods.map { "\(place)it is \($0) of what masks of two methods share." },
    ].compactMap { $0 }
  }

  /// The part of allocation of every couple in every network.
  private var comparison: ReportSection {
    let blocks = densities.map { density in
      let columns = networks.map { network in
        Dictionary(uniqueKeysWithValues: agreements(network.masks, density).map { ($0, $1) })
      }
      var table = Markdown.Table(
        [.text("methods")] + networks.map { .number(.init($0.name)) })
      for couple in networks.flatMap({ agreements($0.masks, density).map(\.key) }).distinct {
        table.append(
          plain: [couple.words]
            + columns.map { column in
              guard let own = column[couple] else { return Format.missing }
              let distance = Format.number(Sample.mean(own.map(\.distance)), digits: 2)
              let part = AnatomyAgreement.part(own).map { Format.percent($0) } ?? Format.missing
              return "\(part) (\(distance))"
            })
      }
      return Markdown.Block.comparisons(table, at: density)
    }
    return ReportSection(
      blocks: [
        .heading(2, "How much of what methods share is allocation"),
        .paragraph(
          """
          The part of allocation and, in brackets, the distance of the allocations: the total variation between both \
          shares of kept weights per layer, from 0 (the same) to 1. \(Format.missing) where masks share what masks drawn \
          over all weights do, within three standard deviations: nothing is there to divide.
          """),
      ] + blocks)
  }

  /// How alike every two methods that score once rank weights within layers, in every network.
  private var scoreComparison: ReportSection {
    get throws {
      let couples = scores.flatMap { $0.pairs.map(\.methods) }.distinct
      guard !couples.isEmpty else { return ReportSection() }
      var table = Markdown.Table([.text("methods")] + networks.map { .number(.init($0.name)) })
      for couple in couples {
        table.append(
          plain: [couple.joined(separator: ", ")]
            + (try scores.map { scores in
              try AnatomyScores.mean(
                scores.pairs(couple[0], couple[1]).compactMap(\.withinLayers))
            }))
      }
      return ReportSection(
        blocks: [
          .heading(2, "What scores share within layers"),
          .paragraph(
            """
            Spearman's ρ of the scores that two methods give the weights of a layer, the mean over layers; means over \
            replicates, with 95 % t-intervals where there are three at least, not adjusted. No p is told: the weights of \
            one network are no sample. Methods that score again and again have no scores of all weights at the end.
            """), .table(table),
        ])
    }
  }

  /// One network's tables, folded.
  private func section(_ name: String, _ masks: AnatomyMasks) -> ReportSection {
    let blocks = [masks.agreementSection, masks.allocationSection].flatMap { section in
      section.blocks.filter { if case .details = $0 { true } else { false } }
    }
    return ReportSection(blocks: blocks.isEmpty ? [] : [.heading(2, .init(name))] + blocks)
  }
}
