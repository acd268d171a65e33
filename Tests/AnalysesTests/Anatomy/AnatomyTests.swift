import Laboratory
import Recipes
import Statistics
import Testing

@testable import Analyses
@testable import Suites

@Suite struct AnatomyTests {
  private static func suite(_ more: String = "") -> String {
    """
    analysis: anatomy
    network: lenet-20
    dataset: digits
    replicates: 2
    densities: [50%, 20%]
    methods: {random: random, snip: snip, synflow: {criterion: synflow, schedule: {exponential: 3}}}
    \(more)
    """
  }

  @Test(
    "masks stand beside other methods', the denser one of their own, and that of the replicate before"
  )
  func plan() throws {
    let planned = try Planned(AnatomyDesign.self, Self.suite())
    let counts = Dictionary(planned.plan.artifacts.map { ($0.kind, 1) }, uniquingKeysWith: +)
    // 2 replicates × 2 densities × 3 methods; 3 couples each, 3 methods nested, 3 × 2 beside the other replicate.
    #expect(counts["mask"] == 12 && counts["mask-structure"] == 12)
    #expect(counts["mask-overlap"] == 2 * 2 * 3 + 2 * 3 + 3 * 2)
    #expect(Double(planned.plan.cells.count) <= 2 * planned.design.runsPerReplicate)
    #expect(counts["state"] == nil, "nothing is trained")
    let seeds = planned.plan.cells.filter { $0.second?.replicate == 1 && $0.first.replicate == 2 }
    #expect(seeds.count == 6 && seeds.allSatisfy { $0.first.method == $0.second?.method })
    // The other replicate's masks are the ones that were there already.
    #expect(Set(planned.plan.artifacts.map(\.key)).count == planned.plan.artifacts.count)
  }

  @Test("masks of trained weights need a training; keys of trainings do not apply")
  func decoding() {
    #expect(
      problems(
        Self.suite().replacing("snip: snip", with: "late: {criterion: magnitude, mask-from: last}")
      )
      .contains { $0.contains("training: missing; add it") })
    #expect(
      problems(
        Self.suite().replacing("snip: snip", with: "snip: {criterion: snip, ablations: [shuffle]}")
      )
      .contains { $0.contains("does not apply to this analysis") })
    #expect(problems(Self.suite("margin: 1")).contains { $0.contains("margin: unknown key") })
  }

  /// Made-up counts: random shares what chance gives, the other two more, and crowd on few units.
  private func found(_ planned: Planned<AnatomyDesign>) -> [Key: any Encodable] {
    var found: [Key: any Encodable] = [:]
    for cell in planned.plan.cells {
      let kept = cell.first.density == Density("50%")! ? 640 : 256
      guard let second = cell.second else {
        let isRandom = cell.first.method == "random"
        let row = kept / 20
        found[cell.key] = MaskStructure(layers: [
          .init(
            name: "fc.weight", shape: [20, 64], kept: kept,
            incoming: .init(
              of: (0..<20).map { isRandom ? row + ($0 % 2 == 0 ? 2 : -2) : $0 < 10 ? 2 * row : 0 }),
            outgoing: .init(of: (0..<64).map { _ in kept / 64 }), positions: [kept],
            emptyKernels: 1280 - kept)
        ])
        found[cell.mask!] = MaskResult(
          audit: MaskAudit(
            layers: [LayerCount(name: "fc.weight", size: 1280, kept: kept)], effective: [kept - 4],
            outputs: 10), ranking: nil, change: nil)
        continue
      }
      guard cell.relation == .overlap else {
        found[cell.key] = ScoreCorrelation(
          parts: [.init(name: ScoreCorrelation.whole, size: 1280, spearman: 0, kendall: 0)])
        continue
      }
      let other = second.density == Density("50%")! ? 640 : 256
      let isRandom = [cell.first.method, second.method].contains("random")
      let both =
        cell.first.density != second.density ? kept : kept * other / 1280 + (isRandom ? 3 : 90)
      found[cell.key] = MaskOverlap(layers: [
        .init(name: "fc.weight", size: 1280, first: kept, second: other, both: both)
      ])
    }
    return found
  }

  @Test("the report answers with what lies farthest from chance")
  func report() throws {
    let planned = try Planned(AnatomyDesign.self, Self.suite())
    let text = try planned.report(found(planned)).text
    #expect(
      text.contains(
        "**At 20 % the masks of snip and synflow (Jaccard 0.38, by chance 0.111; p < 0.001) share most beyond chance.**"
      ), "\(text)")
    #expect(
      text.contains(
        "- Weights crowd most in snip's fc.weight: their numbers per unit vary 15.5 times as much as at random (adjusted p "
          + "< 0.05 in every replicate), and 50 % of its units keep none.\n"),
      "\(text)")
    #expect(
      text.contains(
        "Null control: of 10 pairs with a random mask none shares more or less than chance gives; the farthest lies 0.5 "
          + "standard deviations from it."), "\(text)")
    #expect(
      text.contains(
        /snip, synflow\s+\|\s+2 \|\s+141 \|\s+51 \|\s+0.38 \|\s+0.111 \|\s+\+15.7 \|\s+< 0.001/))
    #expect(text.contains(/\| synflow\s+\|\s+20 % \|\s+50 % \|\s+100 % \|/), "nested")
    #expect(
      text.contains(/\| snip\s+\| `fc.weight`\s+\|\s+19.7 % \|\s+50 % \|\s+15.5 \\\*/), "\(text)")
  }

  @Test("without pairs nothing is said of pairs")
  func alone() throws {
    let planned = try Planned(
      AnatomyDesign.self,
      Self.suite().replacing("replicates: 2", with: "replicates: 1")
        .replacing("[50%, 20%]", with: "[20%]")
        .replacing("random: random, snip: snip, ", with: ""))
    #expect(planned.plan.cells.count == 1)
    let text = try planned.report(found(planned)).text
    #expect(!text.contains("share most") && !text.contains("What masks of different"))
    #expect(text.contains("Weights crowd most in synflow's fc.weight"))
    #expect(try planned.report([:]).text.contains("**1** artifact is not there yet"))
  }
}
