import Laboratory
import Recipes
import Testing

@testable import Analyses
@testable import Suites

/// What a report says of ablated masks, scores, allocations and aligned masks, of counts made up for a network of two
/// layers, 1000 weights and 100.
@Suite struct AnatomyRelationsReportTests {
  private static let names = ["a.weight", "b.weight"]
  private static let sizes = [1000, 100]

  private static func planned(_ more: String = "ablations: [shuffle]") throws
    -> Planned<AnatomyDesign>
  {
    try Planned(
      AnatomyDesign.self,
      """
      analysis: anatomy
      network: lenet-20
      dataset: digits
      replicates: 3
      training: {duration: 2ep}
      densities: [50%, 25%]
      methods: {random: random, snip: snip, magnitude: magnitude}
      tickets: {rate: 50%, levels: 2, name: winners}
      \(more)
      """)
  }

  /// Weights kept of each layer: 220 at the sparser density.
  private static func kept(_ place: AnatomyCell.Place) -> [Int] {
    let isDense = place.density == Density("50%")!
    let method = place.method.replacing("shuffled ", with: "")
    return switch method {
    case "random": isDense ? [500, 50] : [200, 20]
    case "snip": isDense ? [460, 90] : [150, 70]
    case "magnitude": isDense ? [480, 70] : [180, 40]
    default: isDense ? [470, 80] : [160, 60]
    }
  }

  private static func both(_ cell: AnatomyCell, _ second: AnatomyCell.Place) -> [Int] {
    let (mine, theirs) = (kept(cell.first), kept(second))
    let expected = (0..<2).map { mine[$0] * theirs[$0] / sizes[$0] }
    let methods = Set([cell.first.method, second.method])
    if methods == ["snip", "winners"], cell.first.density == Density("25%")! { return [54, 52] }
    if cell.first.density != second.density {
      // One weight of the sparser tickets came back.
      return [mine[0] - (methods == ["winners"] ? 1 : 0), mine[1]]
    }
    return expected
  }

  private static func found(_ planned: Planned<AnatomyDesign>) -> [Key: any Encodable] {
    var found: [Key: any Encodable] = [:]
    for cell in planned.plan.cells {
      let mine = kept(cell.first)
      guard let second = cell.second else {
        found[cell.key] = MaskStructure(
          layers: (0..<2).map { layer in
            .init(
              name: names[layer], shape: [10, sizes[layer] / 10], kept: mine[layer],
              incoming: .init(of: (0..<10).map { _ in mine[layer] / 10 }),
              outgoing: .init(
                of: (0..<(sizes[layer] / 10)).map { _ in mine[layer] * 10 / sizes[layer] }),
              positions: [mine[layer]], emptyKernels: 0)
          })
        continue
      }
      switch cell.relation {
      case .scores:
        let shift = 0.01 * Double(cell.first.replicate)
        let isRandom = second.method == "random"
        found[cell.key] = ScoreCorrelation(
          parts: [ScoreCorrelation.whole] + names
        ).scaled(isRandom ? 0 : 1, shift)
      case .overlap:
        found[cell.key] = overlap(mine, kept(second), both(cell, second))
      case .aligned, .alignedControl:
        found[cell.key] = Outcome.found(
          AlignedOverlap(
            found: overlap(mine, kept(second), [60, 55]),
            controls: (0..<5).map { [31 + $0, 45] }, moved: 18, units: 20))
      }
    }
    return found
  }

  private static func overlap(_ first: [Int], _ second: [Int], _ both: [Int]) -> MaskOverlap {
    MaskOverlap(
      layers: (0..<2).map {
        .init(
          name: names[$0], size: sizes[$0], first: first[$0], second: second[$0], both: both[$0])
      })
  }

  private static func text() throws -> String {
    let planned = try planned()
    return try planned.report(found(planned)).text
  }

  @Test("allocation: what layer counts give of what masks share")
  func allocation() throws {
    let text = try Self.text()
    #expect(text.contains("## How much of a method is its layer allocation"))
    // 44 over all weights, 24 + 42 by layer counts, 106 observed: 22 of 62.
    #expect(
      text.contains(
        /snip, winners\s+\|\s+3 \|\s+0.045 \|\s+0.111 \|\s+0.176 \|\s+0.317 \|\s+35.5 %/), "\(text)"
    )
    #expect(text.contains(/random, snip\s+\|\s+3 \|\s+0.227 \|.*\|\s+– \|/))
    let planned = try Self.planned()
    let (rows, terms) = try planned.table(Self.found(planned))
    let masks = try AnatomyMasks(rows, terms.settings)
    #expect(
      masks.agreementSentence(but: "random")
        == "Of what two methods' masks share at 25 % beyond masks drawn over all weights, layer allocations alone give "
        + "35 % between snip and winners (Jaccard 0.176 of 0.317; beyond it p < 0.001).",
      "\(masks.agreementSentence(but: "random") ?? "")")
  }

  @Test("shuffled masks are the null control")
  func shuffles() throws {
    let text = try Self.text()
    #expect(text.contains("## What ablations of masks leave"))
    #expect(
      text.contains(
        "Null control by construction: of 24 shuffled masks none shares more or less with its original than chance "
          + "gives (adjusted p below 0.05); the farthest lies 0.1 standard deviations from it."),
      "\(text)")
    #expect(text.contains(/\| winners\s+\| shuffle\s+\|\s+25 %\s+\|\s+3 \|/), "\(text)")
    #expect(text.contains("shuffled snip"), "looked at in structure")
    #expect(!text.contains("shuffled snip, "), "no pair of methods")
  }

  @Test("scores: means and intervals over replicates, no p")
  func scores() throws {
    let text = try Self.text()
    #expect(
      text.contains(
        /snip, magnitude\s+\|\s+3 \|\s+\+0.520 \[\+?0.495, \+?0.545\] \|\s+\+0.420/), "\(text)")
    #expect(text.contains("the weights of one network are no sample"))
    let planned = try Self.planned()
    let scores = AnatomyScores(try planned.table(Self.found(planned)).0)
    #expect(
      scores.sentence(but: "random")
        == "Within layers snip and magnitude (Spearman's ρ +0.52) rank weights most alike.")
    // Iterative methods have none.
    let iterative = try Planned(
      AnatomyDesign.self,
      """
      analysis: anatomy
      network: lenet-20
      dataset: digits
      replicates: 1
      densities: [25%]
      methods: {random: random, snip: snip, synflow: {criterion: synflow, schedule: {exponential: 3}}}
      """)
    let own = try iterative.report(Self.found(iterative)).text
    #expect(own.contains(/snip, synflow\s+\|\s+– \|\s+– \|\s+– \|\s+– \|\s+– \|/), "\(own)")
    #expect(own.contains("too few for an interval"))
  }

  @Test("seeds before and after alignment, beside the controls")
  func aligned() throws {
    let text = try Self.text()
    #expect(text.contains("## Seeds, before and after units are aligned"))
    #expect(!text.contains("## What masks of different seeds share"))
    // 115 of 440 − 115; controls 76 to 80.
    #expect(
      text.contains(
        /\| winners\s+\|\s+25 % \|\s+2 \|\s+0.161 \|\s+0.163 \|\s+\S+ \|\s+0.354 \|\s+0.215 \|\s+0.222 \|\s+2 of 2 \|/
      ), "\(text)")
    let planned = try Self.planned()
    let (rows, terms) = try planned.table(Self.found(planned))
    let alignments = AnatomyAlignments(rows, try AnatomyMasks(rows, terms.settings))
    #expect(
      alignments.sentence(but: "random")?.hasSuffix(
        "aligned, where shuffled masks reach 0.215 (above all controls in 2 of 2 pairs; as they are p = 1.000)."
      )
        == true, "\(alignments.sentence(but: "random") ?? "")")
    let without = try Self.planned("align: false")
    let plain = try without.report(Self.found(without)).text
    #expect(plain.contains("## What masks of different seeds share"))
    #expect(!plain.contains("aligned"))
  }

  @Test("a network without hidden units has nothing to align, and the report says so")
  func fixedUnits() throws {
    let planned = try Planned(
      AnatomyDesign.self,
      """
      analysis: anatomy
      network: {layers: [flatten, linear]}
      dataset: digits
      replicates: 2
      densities: [25%]
      methods: {random: random}
      align: true
      """)
    #expect(planned.design.alignment == nil && planned.design.unitsAreFixed)
    #expect(!planned.plan.artifacts.contains { $0.kind == "aligned-overlap" })
    let text = try planned.report(Self.found(planned)).text
    #expect(
      text.contains(
        "The network has no hidden units that can change places, so that nothing was aligned."))
  }

  @Test("several networks: allocation side by side, each network's tables below")
  func networks() throws {
    let planned = try Planned(
      AnatomyDesign.self,
      """
      analysis: anatomy
      network: lenet-20
      dataset: digits
      replicates: 2
      densities: [25%]
      methods: {random: random, snip: snip, winners: magnitude}
      networks: {deep: {network: lenet-20-10}}
      """)
    let text = try planned.report(Self.found(planned)).text
    // Over all weights 44. Two seeds of snip share 22 + 49 = 71, by counts 71.5: 27.5 of 27; of winners 25 + 36 = 61, by
    // counts 61.6: 17.6 of 17.
    #expect(
      text.contains(
        "**At 25 % layer allocation is from 102 % (snip in deep) to 104 % (winners in lenet-20) of what masks of one method "
          + "and two initializations share beyond masks drawn over all weights. At 25 % it is from 35 % (snip and winners in "
          + "deep) to 35 % (snip and winners in lenet-20) of what masks of two methods share.**"),
      "\(text)")
    #expect(
      text.contains(/\| snip, winners\s+\|\s+35.5 % \(0.05\) \|\s+35.5 % \(0.05\) \|/), "\(text)")
    #expect(text.contains(/\| snip, winners\s+\|\s+\+0.515 \|\s+\+0.515 \|/), "\(text)")
    #expect(text.contains("\n## lenet-20\n") && text.contains("\n## deep\n"))
    #expect(!text.contains("## What masks of different methods share"))
  }

  @Test("one weight of a sparser mask outside the denser one is found")
  func nested() throws {
    let text = try Self.text()
    #expect(text.contains(/\| winners\s+\|\s+25 % \|\s+50 % \|\s+99.55 % \|\s+1 \|/), "\(text)")
    #expect(text.contains(/\| snip\s+\|\s+25 % \|\s+50 % \|\s+100 % \|\s+0 \|/))
    #expect(text.contains("winners"), "tickets are told in how it was run")
    #expect(
      text.contains("levels of density 0.5 of the one before, rewound to initialization"),
      "\(text)")
  }
}

extension ScoreCorrelation {
  /// Made-up parts of these names.
  fileprivate init(parts names: [String]) {
    self.init(
      parts: names.map { Part(name: $0, size: 1000, spearman: 0.5, kendall: 0.4) })
  }

  fileprivate func scaled(_ factor: Double, _ shift: Double) -> ScoreCorrelation {
    ScoreCorrelation(
      parts: parts.map {
        Part(
          name: $0.name, size: $0.size, spearman: $0.spearman! * factor + shift,
          kendall: $0.kendall! * factor + shift)
      })
  }
}
