import Foundation
import Recipes
import Reports
import Statistics
import Suites
import Wording

/// How much of what two masks share their layers' counts alone give.
///
/// With a and b weights kept of a layer of n, independent random masks of these counts share a·b/n of it on average;
/// drawn over all N weights at once, masks of A and B weights share A·B/N. What is shared beyond the latter divides
/// into what the layers' counts give and what lies within layers:
///
///     part = (Σ a·b/n − A·B/N) / (shared − A·B/N).
///
/// The distance of two allocations is the total variation between the shares of kept weights per layer,
/// ½ Σ |a/A − b/B|: 0 where they are the same, 1 where no layer has weights of both.
struct AnatomyAgreement {
  /// Weights shared by masks drawn over all weights, by masks of the same layer counts, and by these masks.
  let overAll, byLayers, shared: Double
  /// The distance of the allocations.
  let distance: Double
  /// Weights that both masks keep together, each counted where it is kept.
  private let kept: Double
  /// Whether the masks share more or less than masks drawn over all weights do: by three standard deviations.
  let isBeyondAll: Bool

  init(_ layers: [OverlapTest]) {
    let sizes = layers.map { Double($0.law.population) }
    let (first, second) = (
      layers.map { Double($0.law.marked) }, layers.map { Double($0.law.drawn) }
    )
    let (size, a, b) = (sizes.reduce(0, +), first.reduce(0, +), second.reduce(0, +))
    overAll = size > 0 ? a * b / size : 0
    byLayers = layers.reduce(0) { $0 + $1.law.mean }
    shared = layers.reduce(0) { $0 + Double($1.overlap) }
    kept = a + b
    distance =
      a > 0 && b > 0 ? zip(first, second).reduce(0) { $0 + abs($1.0 / a - $1.1 / b) } / 2 : 0
    let variance =
      size > 1 ? a * b / size * (size - a) / size * (size - b) / (size - 1) : 0
    isBeyondAll = abs(shared - overAll) > 3 * variance.squareRoot()
  }

  /// The Jaccard index of masks of these sizes that share so much.
  func jaccard(_ shared: Double) -> Double? { kept > shared ? shared / (kept - shared) : nil }

  /// The mean part; `nil` where some pair has none.
  static func part(_ agreements: [AnatomyAgreement]) -> Double? {
    let parts = agreements.compactMap(\.part)
    return parts.count == agreements.count && !parts.isEmpty ? Sample.mean(parts) : nil
  }

  /// The part of what is shared beyond masks drawn over all weights that the layers' counts give; `nil` where nothing
  /// is.
  var part: Double? {
    isBeyondAll && shared != overAll ? (byLayers - overAll) / (shared - overAll) : nil
  }
}

extension AnatomyPair {
  /// How much of it is allocation.
  var agreement: AnatomyAgreement { AnatomyAgreement(layers) }
}

extension AnatomyMasks {
  /// How much of what masks share is how many weights of each layer they keep.
  var agreementSection: ReportSection {
    let compared = pairs.filter { $0.sort == .methods || $0.sort == .seeds }
    guard layers.count > 1, !compared.isEmpty else { return ReportSection() }
    let blocks = compared.map(\.density).distinct.sorted(by: >).map { density in
      var table = Markdown.Table([
        .text("methods"), .number("pairs"), .number("distance of allocations"),
        .number("Jaccard over all weights"), .number("by layer counts"), .number("observed"),
        .number("part of allocation"),
      ])
      let groups = compared.filter { $0.density == density }
        .groupedInOrder { [$0.second.method, $0.first.method] }
      for (methods, pairs) in groups {
        let own = pairs.map(\.agreement)
        table.append(plain: [
          methods[0] == methods[1] ? "\(methods[0]), two seeds" : methods.joined(separator: ", "),
          "\(own.count)", Format.number(Sample.mean(own.map(\.distance)), digits: 3),
          Self.mean(own.compactMap { $0.jaccard($0.overAll) }),
          Self.mean(own.compactMap { $0.jaccard($0.byLayers) }),
          Self.mean(own.compactMap { $0.jaccard($0.shared) }),
          AnatomyAgreement.part(own).map { Format.percent($0) } ?? Format.missing,
        ])
      }
      return Markdown.Block.comparisons(table, at: density)
    }
    return ReportSection(
      blocks: [
        .heading(2, "How much of a method is its layer allocation"),
        .paragraph(
          """
          Two masks share more where both keep much of the same layers, whichever weights these are. Beside what masks \
          share stands what masks share on average that are drawn over all weights at once, and that are drawn within \
          layers with the same counts. \(emphasis: "Part of allocation") is how much of the way from the former to what \
          is observed the latter goes: at 100 % methods agree on nothing but how much of each layer they keep, above it \
          they avoid each other's weights within layers; \(Format.missing) where masks share what masks drawn over all \
          weights do, within three standard deviations. \(emphasis: "Distance of allocations") is the total variation \
          between both shares of kept weights per layer, from 0 (the same) to 1. Means over pairs.
          """),
      ] + blocks)
  }

  /// From which part to which methods agree by their allocation at the sparsest density, in one sentence; the p is that
  /// of what they share beyond.
  func agreementSentence(but random: String?) -> String? {
    guard layers.count > 1, let density = comparedDensities.last else { return nil }
    let parts = couples.filter { ![$0.first, $0.second].contains(random) }
      .compactMap { couple -> (words: String, part: Double)? in
        let own = pairs(couple.first, couple.second, density)
        let agreements = own.map(\.agreement)
        guard let part = AnatomyAgreement.part(agreements), let p = own.map(\.adjusted).max() else {
          return nil
        }
        let counts = Self.mean(agreements.compactMap { $0.jaccard($0.byLayers) })
        let shared = Self.mean(agreements.compactMap { $0.jaccard($0.shared) })
        return (
          "\(Format.percent(part, significant: 2)) between \(couple.first) and \(couple.second) "
            + "(Jaccard \(counts) of \(shared); beyond it \(Format.statement(ofP: p)))", part
        )
      }
      .sorted { $0.part < $1.part }
    guard let least = parts.first, let most = parts.last else { return nil }
    let start =
      "Of what two methods' masks share at \(Format.percent(density.value)) beyond masks drawn over all weights, layer "
      + "allocations alone give"
    return parts.count == 1
      ? "\(start) \(most.words)." : "\(start) from \(least.words) to \(most.words)."
  }
}

extension Markdown.Block {
  /// A table of comparisons at a density, folded.
  static func comparisons(_ table: Markdown.Table, at density: Density) -> Markdown.Block {
    .details(
      summary:
        "\(Format.percent(density.value)): \(Format.count(table.rows.count, "comparison"))",
      [.table(table)])
  }
}
