import Laboratory
import Recipes
import Testing

@testable import Analyses
@testable import Suites

/// Ablated masks, tickets and masks from files beside those of methods, and what is measured of two.
@Suite struct AnatomyRelationsTests {
  private static let methods =
    "{random: random, snip: snip, synflow: {criterion: synflow, schedule: {exponential: 3}}}"

  private static func suite(
    _ more: String = "", methods: String = methods, densities: String = "[51.2%, 0.8^6]",
    replicates: Int = 2
  ) -> String {
    """
    analysis: anatomy
    network: lenet-20
    dataset: digits
    replicates: \(replicates)
    training: {duration: 2ep}
    densities: \(densities)
    methods: \(methods)
    \(more)
    """
  }

  private func cells(
    _ planned: Planned<AnatomyDesign>, _ relation: AnatomyRelation, of method: String
  ) -> [AnatomyCell] {
    planned.plan.cells.filter {
      $0.mask == nil && $0.relation == relation && $0.first.method == method
    }
  }

  private func count(_ kind: String, _ planned: Planned<AnatomyDesign>) -> Int {
    planned.plan.artifacts.count { $0.kind == kind }
  }

  // MARK: Ablations

  @Test("ablated masks are looked at beside their own, and beside nothing else")
  func ablations() throws {
    let planned = try Planned(
      AnatomyDesign.self,
      Self.suite("ablations: [shuffle, invert-global, [invert-layerwise, shuffle]]"))
    let plain = try Planned(AnatomyDesign.self, Self.suite())
    // 3 methods × 3 ablations × 2 densities × 2 replicates.
    #expect(count("mask-structure", planned) == count("mask-structure", plain) + 36)
    #expect(count("mask-overlap", planned) == count("mask-overlap", plain) + 36)
    #expect(count("ablated-mask", planned) == 24 && count("ablated-mask", plain) == 0)
    let shuffled = cells(planned, .overlap, of: "shuffled snip")
    #expect(shuffled.count == 4)
    #expect(shuffled.allSatisfy { $0.second?.method == "snip" })
    #expect(
      shuffled.allSatisfy {
        $0.second?.density == $0.first.density && $0.second?.replicate == $0.first.replicate
      })
    #expect(cells(planned, .overlap, of: "shuffled snip inverted within layers").count == 4)
    #expect(!planned.plan.cells.contains { $0.second?.method == "shuffled snip" })
    #expect(Double(planned.plan.cells.count) <= 2 * planned.design.runsPerReplicate)
  }

  @Test("ablations that change no mask, and names that masks have already, are told")
  func ablationMistakes() {
    #expect(
      problems(Self.suite("ablations: [shuffle, reinitialize]")) == [
        "suite.yaml:8: ablations: does not apply to masks, under which nothing is trained here; remove `reinitialize`"
      ])
    #expect(
      problems(
        Self.suite(
          "ablations: [shuffle]", methods: "{snip: snip, shuffled snip: {criterion: snip}}")
      ).contains { $0.contains("`shuffled snip` as a method's name") })
  }

  // MARK: Tickets

  private static let tickets = "tickets: {levels: 8, schedule: iterative}"

  @Test("levels of the suite's densities are masks like any other")
  func tickets() throws {
    let planned = try Planned(AnatomyDesign.self, Self.suite(Self.tickets))
    let own = planned.plan.cells.filter { $0.mask != nil && $0.first.method == "tickets" }
    #expect(own.map(\.first.replicate) == [1, 1, 2, 2])
    #expect(
      own.map(\.first.density) == ["0.512", "0.262144", "0.512", "0.262144"].map { Density($0)! })
    // Six levels of two replicates are trained, the dense network among them; the last mask's ticket is not.
    #expect(planned.plan.artifacts.trainings == 12)
    let beside = cells(planned, .overlap, of: "tickets")
    // 3 methods × 2 densities, a level within the one before, in both replicates; 2 of the replicate before.
    #expect(beside.count == 2 * (6 + 1) + 2)
    let nested = beside.filter {
      $0.second?.method == "tickets" && $0.second?.replicate == $0.first.replicate
    }
    #expect(nested.count == 2 && nested.allSatisfy { $0.second!.density > $0.first.density })
    let named = try Planned(
      AnatomyDesign.self,
      Self.suite("tickets: {levels: 8, name: winners, rewind: 1ep}", methods: "{snip: snip}"))
    #expect(named.plan.cells.contains { $0.first.method == "winners" })
    #expect(named.design.tickets?.rewind == Step("1ep"))
  }

  @Test("tickets may stand alone; shuffles of theirs too, inversions not")
  func ticketsAlone() throws {
    let text = Self.suite("\(Self.tickets)\nablations: [shuffle, invert-global]\nalign: false")
      .replacing("methods: \(Self.methods)\n", with: "")
    let planned = try Planned(AnatomyDesign.self, text)
    #expect(planned.design.methods.isEmpty)
    #expect(
      Set(planned.plan.cells.map(\.first.method)) == ["tickets", "shuffled tickets"])
  }

  @Test("a density that no level has is told with the nearest levels")
  func unreachable() {
    #expect(
      problems(Self.suite(Self.tickets, densities: "[0.8^3, 10%]")) == [
        "suite.yaml:8: tickets: `0.1` is the density of no level; the nearest are `0.8^7` (21 %) and `0.8^8` (16.8 %)"
      ])
    #expect(
      problems(Self.suite(Self.tickets).replacing("training: {duration: 2ep}\n", with: ""))
        .contains { $0.contains("training: missing; add it") })
    #expect(
      problems(Self.suite("tickets: {levels: 8, name: snip}"))
        .contains { $0.contains("`snip` as a method's name") })
    #expect(problems(Self.suite("tickets: {level: 8}")).contains { $0.contains("unknown key") })
  }

  // MARK: Masks from files

  @Test("masks from files stand at the density that they have, beside those of the nearest")
  func imported() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    // 760 and 400 of 1480 weights: nearest to 51.2 % and to 26.2 %.
    try scratch.write("m-1", mask(keeping: 760))
    try scratch.write("m-2", mask(keeping: 400, from: 50))
    let text = Self.suite(
      methods: "{snip: snip, mine: {masks: 'm-{replicate}'}}")
    let decoded = try decode(text, folder: scratch.url)
    let design = try #require(decoded.analysis as? AnatomyDesign)
    let plan = try AnalysisPlan(expanding: decoded.suite, design)
    let own = plan.cells.filter { $0.mask != nil && $0.first.method == "mine" }
    #expect(own.map(\.first.density) == [Density("19/37")!, Density("10/37")!])
    let beside = plan.cells.filter {
      $0.relation == .overlap && $0.first.method == "mine" && $0.mask == nil
    }
    #expect(beside.map(\.second?.method) == ["snip", "snip"])
    #expect(beside.map(\.second?.density) == [Density("0.512")!, Density("0.262144")!])
    #expect(plan.artifacts.count { $0.kind == "imported-mask" } == 2)
    #expect(plan.cells.allSatisfy { $0.relation != .scores }, "files have no scores")
    let ablated = try decode("\(text)\nablations: [shuffle, invert-global]", folder: scratch.url)
    let names = try #require(ablated.analysis as? AnatomyDesign).ablated.map(\.name)
    #expect(names == ["shuffled snip", "inverted snip", "shuffled mine"])
    try scratch.write("m-2", mask(keeping: 0))
    #expect(
      problems(text, folder: scratch.url) == [
        "suite.yaml:7: methods.mine.masks: `m-2` keeps no weight; name a mask that keeps one at least"
      ])
  }

  @Test("files of the suite's densities must have them")
  func importedAtDensities() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let text = Self.suite(
      methods: "{mine: {masks: 'm-{density}'}}", densities: "[50%, 20%]", replicates: 1)
    try scratch.write("m-0.5", mask(keeping: 740))
    try scratch.write("m-0.2", mask(keeping: 296))
    let decoded = try decode(text, folder: scratch.url)
    let design = try #require(decoded.analysis as? AnatomyDesign)
    let plan = try AnalysisPlan(expanding: decoded.suite, design)
    #expect(plan.cells.compactMap(\.second).map(\.density) == [Density("50%")!], "nested")
    try scratch.write("m-0.2", mask(keeping: 400))
    #expect(
      problems(text, folder: scratch.url).contains {
        $0.contains("`m-0.2` keeps 400 of 1480 weights, and density 0.2 keeps 296")
      })
    #expect(
      problems(
        text.replacing("m-{density}'", with: "m-{density}', continue-from: last"),
        folder: scratch.url
      ).contains { $0.contains("does not apply to this analysis") })
  }

  // MARK: Scores and aligned masks

  @Test("scores are compared of methods that score once")
  func scores() throws {
    let planned = try Planned(
      AnatomyDesign.self,
      Self.suite(
        methods: "{random: random, snip: snip, late: {criterion: magnitude, mask-from: last}, "
          + "synflow: {criterion: synflow, schedule: {exponential: 3}}}"))
    #expect(count("score-correlation", planned) == 6)
    let pairs = planned.plan.cells.filter { $0.relation == .scores }
    #expect(
      pairs.prefix(3).map { [$0.second!.method, $0.first.method] }
        == [["random", "snip"], ["random", "late"], ["snip", "late"]])
    #expect(pairs.allSatisfy { $0.first.density == .one })
  }

  @Test("tickets are aligned over seeds; other masks where that is asked for")
  func aligned() throws {
    #expect(count("aligned-overlap", try Planned(AnatomyDesign.self, Self.suite())) == 0)
    let usual = try Planned(AnatomyDesign.self, Self.suite(Self.tickets))
    // 4 methods × 2 densities of the only two replicates.
    #expect(count("aligned-overlap", usual) == 8)
    #expect(
      usual.design.alignment == AnatomyAlignment(weights: .last, attempts: 1, draws: 5))
    let artifact = try #require(usual.plan.artifacts.first { $0.kind == "aligned-overlap" })
    let recipe = try #require(try artifact.work(AlignedOverlapRecipe.self))
    #expect(recipe.start == .checkpoint(iteration: usual.suite.duration) && recipe.draws == 5)
    let asked = try Planned(
      AnatomyDesign.self,
      Self.suite("align: {weights: 0it, draws: 2, attempts: 3}")
        .replacing("training: {duration: 2ep}\n", with: ""))
    #expect(count("aligned-overlap", asked) == 6 && count("state", asked) == 0)
    #expect(asked.design.alignment?.attempts == 3)
    #expect(problems(Self.suite("align: {draws: 0}")).count == 1)
    #expect(
      problems(
        Self.suite("align: {weights: last}").replacing("training: {duration: 2ep}\n", with: "")
      ).contains { $0.contains("training: missing; add it") })
  }

  // MARK: Several networks

  private static let networks = """
    networks:
      deep: {network: lenet-20-10}
      wide: {network: lenet-40, dataset: {name: none, channels: 1, height: 4, width: 4, classes: 3}}
    """

  @Test("further networks are asked the same, each in its own problem")
  func networks() throws {
    let one = try Planned(
      AnatomyDesign.self, Self.suite(methods: "{random: random, synflow: synflow}"))
    let planned = try Planned(
      AnatomyDesign.self,
      Self.suite(Self.networks, methods: "{random: random, synflow: synflow}"))
    #expect(planned.plan.cells.count == 3 * one.plan.cells.count)
    #expect(Set(planned.plan.cells.map(\.network)) == ["lenet-20", "deep", "wide"])
    #expect(one.plan.cells.allSatisfy { $0.network == nil })
    #expect(Double(planned.plan.cells.count) <= 2 * planned.design.runsPerReplicate)
    let problems = try planned.plan.artifacts.compactMap { try $0.work(MaskStructureRecipe.self) }
      .map(\.problem)
    #expect(Set(problems.map { "\($0.network)" }) == ["lenet-20", "lenet-20-10", "lenet-40"])
    #expect(Set(problems.map(\.dataset.source.classes)) == [10, 3])
    // What the suite's own network is asked is what it is asked alone.
    let keys = Set(planned.plan.artifacts.map(\.key))
    #expect(one.plan.artifacts.allSatisfy { keys.contains($0.key) })
  }

  @Test("further networks have masks at initialization, of methods that they can have")
  func networkMistakes() {
    func mistakes(_ methods: String, _ more: String = "") -> [String] {
      problems(Self.suite("\(Self.networks)\n\(more)", methods: methods))
    }
    #expect(mistakes("{snip: snip}").contains { $0.contains("no examples to score on") })
    #expect(
      mistakes("{late: {criterion: magnitude, mask-from: last}}").contains {
        $0.contains("find the masks of `late` at initialization")
      })
    #expect(
      mistakes("{random: random}", Self.tickets).contains {
        $0.contains("tickets: does not apply to suites of several networks")
      })
    #expect(
      mistakes("{random: random}", "ablations: [shuffle]\nalign: true").count == 2)
    #expect(
      problems(
        Self.suite("networks: {lenet-20: {network: lenet-40}}", methods: "{random: random}")
      ).contains { $0.contains("`lenet-20` as a network's name") })
  }
}
