import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AnatomyMasks {
  /// The question, what most distinguishes the masks, and one sentence for each other way of looking at them.
  func answerSection(
    _ terms: Terms<AnatomySettings>, _ scores: AnatomyScores, _ aligned: AnatomyAlignments,
    _ weights: AnatomyWeightTable
  ) throws -> ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(terms.question))])
    let random = terms.settings.random
    if let closest = closest(but: random) {
      section.say(closest.isShown ? "\(strong: closest.words)" : .init(closest.words))
    }
    section.blocks += ReportSection.missing(terms.missing)
    let others = [
      allocation, agreementSentence(but: random), unevenness(but: random),
      scores.sentence(but: random), aligned.sentence(but: random),
      try weights.sentences(but: controls(terms.settings)),
      try costSentence(),
    ].compactMap(\.self)
    if !others.isEmpty { section.blocks.append(.bullets(others.map { .init($0) })) }
    let controls = [random.flatMap(nullControl), shuffleSentence(terms.settings)].compactMap(\.self)
    if !controls.isEmpty { section.say(.init(controls.joined(separator: " "))) }
    section.say(
      """
      Of \(Format.count(terms.settings.masks, "mask")). \(emphasis: "Jaccard") is the number of weights that both masks keep \
      over that which either keeps; beside it stands what masks share that are drawn at random with the same number \
      of weights in every layer, so that what two methods have in common by their layers' densities alone is taken \
      off. Each sentence tells the largest effect of its kind. p-values are two-sided and adjusted by Holm: of overlaps \
      over all pairs of masks of other methods and of other replicates, of anything else over all that it was chosen \
      from. Nothing is claimed of other networks.
      """)
    return section
  }

  /// Names of masks that are drawn: random pruning's, and shuffled ones.
  private func controls(_ settings: AnatomySettings) -> Set<String> {
    Set(settings.ablated.filter(\.isShuffled).map(\.name)).union(settings.random.map { [$0] } ?? [])
  }

  /// The two methods whose masks share most beyond chance, and least, at the sparsest density; random masks are the
  /// null control.
  private func closest(but random: String?) -> (words: String, isShown: Bool)? {
    guard let density = comparedDensities.last else { return nil }
    let ranked = couples.filter { ![$0.first, $0.second].contains(random) }
      .map { (couple: $0, pairs: pairs($0.first, $0.second, density)) }
      .filter { !$0.pairs.isEmpty }
      .sorted { Self.excess($0.pairs) > Self.excess($1.pairs) }
    guard let most = ranked.first, let least = ranked.last else { return nil }
    func p(_ pairs: [AnatomyPair]) -> Double { pairs.map(\.adjusted).max() ?? 1 }
    func words(_ entry: (couple: (first: String, second: String), pairs: [AnatomyPair])) -> String {
      let tests = entry.pairs.map(\.test)
      return "\(entry.couple.first) and \(entry.couple.second) (Jaccard "
        + "\(Self.mean(tests.compactMap(\.jaccard))), by chance "
        + "\(Self.mean(tests.compactMap(\.expectedJaccard))); \(Format.statement(ofP: p(entry.pairs))))"
    }
    let place =
      "At \(Format.percent(density.value)) the masks of \(words(most)) share most beyond chance"
    return (
      ranked.count == 1 ? place + "." : place + ", those of \(words(least)) least.",
      p(most.pairs) < 0.05
    )
  }

  /// How far from chance random masks come out, whose overlaps have nothing but chance.
  private func nullControl(_ random: String) -> String? {
    let own = pairs.filter {
      $0.sort == .methods && [$0.first.method, $0.second.method].contains(random)
        || $0.sort == .seeds && $0.first.method == random
    }
    guard let farthest = own.map({ abs($0.test.zScore) }).max() else { return nil }
    let shown = own.count { $0.adjusted < 0.05 }
    return
      "Null control: of \(Format.count(own.count, "pair")) with a random mask "
      + "\(shown == 0 ? "none shares" : shown == 1 ? "1 shares" : "\(shown) share") more or less than chance gives; "
      + "the farthest lies \(Format.number(farthest, digits: 1)) standard deviations from it."
  }

  private static func excess(_ pairs: [AnatomyPair]) -> Double {
    Sample.mean(pairs.map(\.excess))
  }

  /// The layer in which methods differ most in how much they keep.
  private var allocation: String? {
    guard let density = densities.last else { return nil }
    let methods = methods.filter { method in
      !layers.allSatisfy { rows(method, density, $0).isEmpty }
    }
    guard methods.count > 1, layers.count > 1 else { return nil }
    let ranges = layers.compactMap { layer -> (layer: String, low: Kept, high: Kept)? in
      let kept = methods.map { Kept(method: $0, share: share($0, density, layer)) }
        .sorted { $0.share < $1.share }
      guard let low = kept.first, let high = kept.last else { return nil }
      return (layer, low, high)
    }
    guard
      let widest = ranges.max(by: { $0.high.share - $0.low.share < $1.high.share - $1.low.share })
    else { return nil }
    return
      "Methods differ most in \(widest.layer), of which at \(Format.percent(density.value)) \(widest.low.method) keeps "
      + "\(Format.percent(widest.low.share)) and \(widest.high.method) \(Format.percent(widest.high.share))."
  }

  private struct Kept {
    let method: String
    let share: Double
  }

  /// Whose weights crowd on few units.
  private func unevenness(but random: String?) -> String? {
    guard let density = densities.last else { return nil }
    let found = methods.filter { $0 != random }.flatMap { method in
      layers.compactMap {
        layer -> (method: String, layer: String, dispersion: Double, dead: Double, isShown: Bool)?
        in
        let rows = rows(method, density, layer)
        let dispersions = rows.compactMap(\.incomingDispersion)
        guard !dispersions.isEmpty else { return nil }
        let dead = rows.map { Double($0.deadUnits ?? 0) / Double(max(1, $0.units ?? 1)) }
        let isShown = rows.allSatisfy {
          uneven.contains(Side(place: $0.place, layer: layer, isIncoming: true))
        }
        return (method, layer, Sample.mean(dispersions), Sample.mean(dead), isShown)
      }
    }
    guard let most = found.max(by: { $0.dispersion < $1.dispersion }) else { return nil }
    let shown =
      most.isShown ? "adjusted p < 0.05 in every replicate" : "not shown in every replicate"
    return
      "Weights crowd most in \(most.method)'s \(most.layer): their numbers per unit vary "
      + "\(Format.significant(most.dispersion)) times as much as at random (\(shown)), and \(Format.percent(most.dead)) of its units "
      + "keep none."
  }
}
