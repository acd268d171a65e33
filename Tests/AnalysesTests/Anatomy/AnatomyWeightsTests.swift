import Laboratory
import Recipes
import Reports
import Testing

@testable import Analyses
@testable import Suites

/// What an anatomy suite asks and tells of weights.
@Suite struct AnatomyWeightsTests {
  private static let methods =
    "{random: random, snip: snip, trained: {criterion: magnitude, mask-from: last}}"

  private static func suite(_ more: String = "weights: [start, end]", replicates: Int = 3) -> String
  {
    """
    analysis: anatomy
    network: lenet-20
    dataset: digits
    training: {duration: 2ep, batch-size: 162}
    replicates: \(replicates)
    densities: [50%, 20%]
    methods: \(methods)
    \(more)
    """
  }

  @Test(
    "weights are looked at under every mask and without one; the same suite's trainings are shared")
  func plan() throws {
    let planned = try Planned(AnatomyDesign.self, Self.suite(replicates: 1))
    let cells = planned.plan.cells.filter { $0.moment != nil }
    #expect(cells.count == 2 * (2 * 3 + 1) && cells.allSatisfy { $0.mask == nil })
    #expect(cells.filter { $0.first.method == "dense" }.map(\.moment) == [.start, .end])
    #expect(Double(planned.plan.cells.count) <= planned.design.runsPerReplicate)
    let recipes = try planned.plan.artifacts.compactMap {
      try $0.work(WeightStatisticsRecipe.self)
    }
    #expect(recipes.count == 14 && recipes.allSatisfy { !$0.spectra })
    #expect(recipes.count { $0.endIteration == 16 } == 7, "8 steps an epoch")
    let ablations = try AnalysesTests.plan(
      """
      analysis: ablation
      network: lenet-20
      dataset: digits
      training: {duration: 2ep, batch-size: 162}
      replicates: 3
      densities: [50%, 20%]
      methods: \(Self.methods)
      """)
    let states = Set(planned.plan.artifacts.filter { $0.kind == "state" }.map(\.key))
    let others = Set(ablations.artifacts.filter { $0.kind == "state" }.map(\.key))
    #expect(
      states.count == 7 && states.isSubset(of: others), "the dense network's and six methods'")
    // What reads weights has them kept.
    let kept = planned.plan.artifacts.filter { $0.kind == "state" }.map(\.keeps)
    #expect(kept.allSatisfy { $0.contains(ArtifactFile.weights(after: 16)) })
  }

  @Test("before training nothing is trained but what masks need")
  func start() throws {
    let planned = try Planned(
      AnatomyDesign.self, Self.suite("weights: [start]\nspectra: true", replicates: 1))
    #expect(planned.plan.artifacts.count { $0.kind == "state" } == 1, "the dense network's")
    let recipes = try planned.plan.artifacts.compactMap {
      try $0.work(WeightStatisticsRecipe.self)
    }
    #expect(recipes.count == 7 && recipes.allSatisfy { $0.spectra && $0.endIteration == nil })
    let masked = planned.plan.artifacts.filter { $0.kind == "weight-statistics" }
    #expect(masked.count { $0.inputs[InputRole.mask] != nil } == 6)
  }

  @Test("keys that cannot be are told")
  func decoding() {
    let none = Self.suite("", replicates: 1).replacing(
      "training: {duration: 2ep, batch-size: 162}\n", with: ""
    )
    .replacing("trained: {criterion: magnitude, mask-from: last}", with: "magnitude: magnitude")
    #expect(problems(none) == [])
    #expect(
      problems(none + "weights: [end]").contains { $0.contains("training: missing; add it") })
    #expect(problems(none + "weights: [start]") == [])
    #expect(
      problems(none + "spectra: true").contains {
        $0.contains("spectra") && $0.contains("weights: [start]")
      })
    #expect(problems(none + "weights: [late]").contains { $0.contains("late") })
    #expect(problems(none + "weights: []").contains { $0.contains("a list of moments") })
    #expect(
      problems(none + "weights: [start]\nspectra: perhaps").contains {
        $0.contains("true or false")
      })
    let shapes = none.replacing(
      "dataset: digits",
      with: "dataset: {name: none, channels: 1, height: 8, width: 8, classes: 10}"
    ).replacing("snip: snip, ", with: "")
    #expect(problems(shapes) == [])
    #expect(problems(shapes + "weights: [end]").contains { $0.contains("no examples to train on") })
  }

  /// Kept weights of a layer, made up.
  private static func group(_ count: Int, at center: Double) -> WeightStatistics.Group {
    WeightStatistics.Group(
      count: count, zeros: 0, mean: center, minimum: -1, maximum: 2,
      quantiles: [-0.9, -0.8, -0.5, center, 0.5, 0.8, 0.9], norm: 3, standardDeviation: 0.5,
      skewness: 0.25, excessKurtosis: -1.5,
      gaussian: WeightStatistics.GaussianDistance(distance: 0.125, statistic: 0.3),
      histogram: WeightStatistics.Histogram(
        scale: 0.5, counts: (0..<64).map { $0 == 31 ? count - 2 : 0 }, below: 1, above: 1))
  }

  private static let kept = ["dense": 1280, "random": 256, "snip": 256, "trained": 256]

  /// Made-up statistics: snip lies far from its layer and trained near; signs turn by replicate.
  private func found(_ planned: Planned<AnatomyDesign>) -> [Key: any Encodable] {
    var found: [Key: any Encodable] = [:]
    for cell in planned.plan.cells {
      guard let moment = cell.moment else { continue }
      let (method, replicate) = (cell.first.method, cell.first.replicate)
      let size = 1280
      let kept = cell.first.density == Density("50%")! ? 640 : Self.kept[method]!
      let flips = ["dense": 40, "random": 20, "snip": 64, "trained": 8][method]! + replicate % 2
      let distance = ["random": 0.04, "snip": 0.5, "trained": 0.1][method]
      let part = WeightStatistics.Part(
        size: size, kept: Self.group(kept, at: moment == .start ? 0.25 : 0.125),
        pruned: kept == size ? nil : Self.group(size - kept, at: 0), distanceFromDense: distance,
        statisticFromDense: distance.map { 1000 * $0 },
        movement: moment == .start
          ? nil
          : WeightStatistics.Movement(
            distance: 2, relativeDistance: 0.5, cosine: 0.75, signFlips: flips, signed: kept))
      found[cell.key] = Outcome.found(
        WeightStatistics(
          layers: [
            WeightStatistics.Layer(
              name: "fc.weight", shape: [20, 64], weights: part,
              spectrum: planned.design.weights?.spectra == true
                ? WeightStatistics.Spectrum(singularValues: [4, 2, 2]) : nil)
          ], whole: part))
    }
    return found
  }

  @Test("the report tells distributions, movements and spectra of what there is")
  func report() throws {
    let planned = try Planned(
      AnatomyDesign.self, Self.suite("weights: [start, end]\nspectra: true"))
    let report = try planned.report(found(planned))
    let text = report.text
    #expect(
      text.contains(
        /\| snip +\| `fc.weight` +\| kept, start +\| +0.25 \| +0.5 \| +0.25 \| +−1.5 \| +−0.8 \| +0.25 \| +0.8 \| +0.5 \| +0.0486 \| +< 0.001 \| +500 \| +0.125 \| +0.3 \| +1.000 \|/
      ), "\(text)")
    #expect(text.contains(/\| snip +\| `fc.weight` +\| pruned, start +\| +0 \|/))
    #expect(
      text.contains(/\| dense +\| `fc.weight` +\| kept, start .*– \| +– \| +– \| +– \| +0.125/))
    #expect(
      text.contains(/\| snip +\| +20 % \| +2 \| +50 % \| +0.75 \| +25.3 % \| +0.5 \|/), "\(text)")
    #expect(text.contains(/\| snip +\| `fc.weight` +\| +4 \| +4 \| +4 \| +1.5 \| +1.5 \| +1.5 \|/))
    #expect(report.sections.flatMap(\.figures).map(\.name) == ["weights"])
    // Masks were not found: of them nothing is said.
    #expect(
      !text.contains("Where methods keep weights") && text.contains("artifacts are not there yet"))
  }

  @Test(
    "the sentences have the largest effects, with p-values over all pairs that were chosen from")
  func sentences() throws {
    let planned = try Planned(AnatomyDesign.self, Self.suite())
    let (rows, _) = try planned.table(found(planned))
    let table = try AnatomyWeightTable(rows)
    #expect(
      try table.sentences(but: ["random"])
        == "At 20 % kept weights lie farthest from their layer's, before training, snip's in fc.weight (D = 0.5, at random "
        + "0.0486; p < 0.001), nearest trained's in fc.weight (D = 0.1, at random 0.0486; p = 0.030). After training 25.3 % "
        + "of the weights that snip keeps have another sign than before, and 3.39 % of those that trained keeps (p < 0.001)."
    )
    #expect(
      try AnatomyWeightTable(rows.filter { $0.weights.moment == nil }).sentences(but: []) == nil)
    // Two replicates show nothing.
    let two = try AnatomyWeightTable(rows.filter { $0.replicate < 3 }).sentences(but: ["random"])
    #expect(two?.hasSuffix("of those that trained keeps.") == true, "\(two ?? "")")
  }

  @Test("rows of masks alone are written as they were")
  func masksAlone() throws {
    let planned = try Planned(AnatomyDesign.self, Self.suite(""))
    #expect(planned.plan.cells.allSatisfy { $0.moment == nil })
    var row = AnatomyRow()
    (row.method, row.layer, row.size, row.kept) = ("snip", "fc.weight", 4, 2)
    let header = AnatomyRow.table(of: [row]).header
    #expect(header.last == "both" && !header.contains("moment"))
    row.weights.moment = .start
    #expect(AnatomyRow.table(of: [row]).header.last == "moment")
  }
}
