import Recipes
import Reports
import Statistics
import Suites
import Wording

/// What masks of one method in two replicates share before and after the units of one are relabelled to come near the
/// other's.
struct AnatomyAlignments {
  /// One pair.
  struct Pair {
    /// What the masks share as they are; `nil` where that is not there yet.
    let before: AnatomyPair?
    let method: String
    let density: Density
    /// Weights that each mask keeps.
    let first, second: Int
    /// Weights that both keep once they are aligned, and in each control.
    let aligned: Int
    let controls: [Int]

    /// The Jaccard index of masks that share so much.
    func jaccard(_ shared: Double) -> Double {
      shared / max(1, Double(first + second) - shared)
    }

    /// How far what aligned masks share lies above the mean of the controls, as Jaccard indices.
    var gain: Double {
      jaccard(Double(aligned)) - Sample.mean(controls.map { jaccard(Double($0)) })
    }

    /// Whether no control shares as much.
    var isAboveAll: Bool { controls.allSatisfy { $0 < aligned } }
  }

  let pairs: [Pair]

  init(_ rows: [AnatomyRow], _ masks: AnatomyMasks) {
    let controls = Dictionary(grouping: rows.filter { $0.relation == .alignedControl }) {
      [$0.place, $0.other ?? $0.place]
    }
    pairs = rows.filter { $0.relation == .aligned }
      .groupedInOrder { [$0.place, $0.other ?? $0.place] }
      .map { places, layers in
        let before = masks.pairs.first { $0.first == places[0] && $0.second == places[1] }
        let own = (controls[places] ?? []).groupedInOrder(by: \.draw)
        return Pair(
          before: before, method: places[0].method,
          density: before?.density ?? places[0].density,
          first: layers.reduce(0) { $0 + $1.kept },
          second: layers.reduce(0) { $0 + ($1.otherKept ?? 0) },
          aligned: layers.reduce(0) { $0 + ($1.both ?? 0) },
          controls: own.map { $0.value.reduce(0) { $0 + ($1.both ?? 0) } })
      }
      .filter { !$0.controls.isEmpty }
  }

  var isEmpty: Bool { pairs.isEmpty }

  /// Every method beside itself in the replicate before, units as they are and aligned.
  func section(_ settings: AnatomySettings) -> ReportSection {
    var table = Markdown.Table([
      .text("method"), .number("density"), .number("pairs"), .number("Jaccard as they are"),
      .number("at random"), .number("p, at most"), .number("Jaccard aligned"),
      .number("controls aligned, mean"), .number("highest"), .number("above all controls"),
    ])
    for (place, pairs) in pairs.groupedInOrder(by: { Place(method: $0.method, density: $0.density) }
    ) {
      let before = pairs.compactMap(\.before)
      let controls = pairs.map { pair in pair.controls.map { pair.jaccard(Double($0)) } }
      table.append(plain: [
        place.method, Format.percent(place.density.value), "\(pairs.count)",
        AnatomyMasks.mean(before.compactMap(\.test.jaccard)),
        AnatomyMasks.mean(before.compactMap(\.test.expectedJaccard)),
        Format.pValue(before.map(\.adjusted).max()),
        AnatomyMasks.mean(pairs.map { $0.jaccard(Double($0.aligned)) }),
        AnatomyMasks.mean(controls.map(Sample.mean)),
        Format.significant(controls.compactMap { $0.max() }.max()),
        "\(pairs.count { $0.isAboveAll }) of \(pairs.count)",
      ])
    }
    let alignment = settings.alignment
    let draws = pairs.map(\.controls.count).max() ?? 0
    return ReportSection(
      blocks: [
        .heading(2, "Seeds, before and after units are aligned"),
        .paragraph(
          """
          Masks of one method in one replicate and the next, whose initializations and data orders are drawn anew. Hidden \
          units have no names, so that the same structure in another order of units counts as another: the units of one \
          network are relabelled to come near those of the other (weight matching: Ainsworth, Hayase & Srinivasa, ICLR \
          2023, algorithm 1, best of \(Format.count(alignment?.attempts ?? 1, "ascent"))) on the dense network's weights \
          \(alignment?.weights ?? "") under each mask, and the mask with them.
          """),
        .paragraph(
          """
          A matching looks for agreement and finds some between any two masks, so that no p of random masks belongs to \
          what it finds. Beside it stand \(Format.count(draws, "control")) for each pair: one mask is shuffled within its \
          layers, on the same weights, and aligned in the same way. A random mask comes out above all its controls \
          in one of \(Format.count(draws + 1, "pair")).
          """), .table(table),
      ])
  }

  private struct Place: Hashable {
    let method: String
    let density: Density
  }

  /// Whose masks agree most over seeds once they are aligned, at the sparsest density, in one sentence; the p is that of
  /// the masks as they are, since none belongs to aligned ones.
  func sentence(but random: String?) -> String? {
    guard let density = pairs.map(\.density).min() else { return nil }
    let ranked = pairs.filter { $0.density == density && $0.method != random }
      .groupedInOrder(by: \.method)
      .sorted { Self.gain($0.value) > Self.gain($1.value) }
    guard let (method, pairs) = ranked.first else { return nil }
    let before = pairs.compactMap(\.before)
    let aligned = AnatomyMasks.mean(pairs.map { $0.jaccard(Double($0.aligned)) })
    let controls = AnatomyMasks.mean(
      pairs.map { pair in Sample.mean(pair.controls.map { pair.jaccard(Double($0)) }) })
    let p = before.map(\.adjusted).max().map { "; as they are \(Format.statement(ofP: $0))" } ?? ""
    return
      "Over seeds \(method)'s masks at \(Format.percent(density.value)) agree most once units are aligned: Jaccard "
      + "\(AnatomyMasks.mean(before.compactMap(\.test.jaccard))) as they are and \(aligned) aligned, where shuffled masks "
      + "reach \(controls) (above all controls in \(pairs.count { $0.isAboveAll }) of "
      + "\(Format.count(pairs.count, "pair"))\(p))."
  }

  private static func gain(_ pairs: [Pair]) -> Double { Sample.mean(pairs.map(\.gain)) }
}
