import Foundation
import Laboratory
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Plans of lottery suites")
struct LotteryPlanTests {
  private typealias LotteryPlan = AnalysisPlan<LotteryCell>

  private func plan(_ text: String) throws -> LotteryPlan {
    try Planned(LotteryDesign.self, text).plan
  }

  private static let everyControl = """
    levels: 3
    controls: {random: true, shuffle: true, reinitialize: 2, other-seed: true}
    """

  private func cell(
    _ plan: LotteryPlan, _ arm: LotteryArm, _ level: Int, rewind: Int = 0, replicate: Int = 1,
    draw: Int = 1
  ) throws -> LotteryCell {
    try #require(
      plan.cells.first {
        $0.arm == arm && $0.level == level && $0.rewind == rewind && $0.replicate == replicate
          && $0.draw == draw && !$0.isTransferred
      })
  }

  private func artifact(_ plan: LotteryPlan, _ key: Key?) throws -> Artifact {
    try #require(plan.artifacts.first { $0.key == key })
  }

  private func walk(_ plan: LotteryPlan, _ cell: LotteryCell) throws -> WalkOfPlan {
    try plan.artifacts.walk(of: cell.training.state)
  }

  private func training(_ plan: LotteryPlan, _ cell: LotteryCell) throws -> WalkRecipe {
    try walk(plan, cell).recipe
  }

  private func mask(_ plan: LotteryPlan, _ cell: LotteryCell) throws -> MaskRecipe {
    try #require(try artifact(plan, cell.mask).work(MaskRecipe.self))
  }

  @Test("further replicates ask for what is open, and for the ladder down to it")
  func open() throws {
    let whole = try Planned(LotteryDesign.self, lottery(Self.everyControl))
    var design = whole.design
    let level = design.ladder.density(ofLevel: 2)
    design.open = [
      LotteryDesign.Place(arm: .ticket, isTransferred: false, rewind: 0, density: level),
      LotteryDesign.Place(
        arm: LotteryArm(.shuffle), isTransferred: false, rewind: 0, density: level),
    ]
    let plan = try AnalysisPlan(expanding: whole.suite, design)
    let asked = plan.cells.filter { $0.replicate == 1 }.map { "\($0.arm.rawValue) \($0.level)" }
    #expect(asked == ["dense 0", "ticket 1", "ticket 2", "shuffle 2"])
    let known = Set(whole.plan.artifacts.map(\.key))
    #expect(plan.artifacts.allSatisfy { known.contains($0.key) })
    #expect(!plan.artifacts.contains { $0.label.contains("random") || $0.label.contains("fresh") })
    design.open = []
    #expect(
      try AnalysisPlan(expanding: whole.suite, design).cells.allSatisfy { $0.arm == .dense })
  }

  @Test("every level is scored on the training before, under its mask, and ranked within it")
  func ladder() throws {
    let plan = try plan(lottery("levels: 3\ncontrols: []"))
    let dense = try cell(plan, .dense, 0)
    #expect(try walk(plan, dense).kept == [64])
    var before: LotteryCell?
    for level in 1...3 {
      let ticket = try cell(plan, .ticket, level)
      let mask = try artifact(plan, ticket.mask)
      let scores = try artifact(plan, mask.inputs[InputRole.scores])
      #expect(scores.inputs[InputRole.weights] == (before ?? dense).training.state)
      #expect(scores.inputs[InputRole.mask] == before?.mask)
      #expect(mask.inputs[InputRole.within] == before?.mask)
      let recipe = try self.mask(plan, ticket)
      #expect(recipe.density == Density("0.8^\(level)") && recipe.ownDensities == nil)
      let trained = try walk(plan, ticket)
      #expect(trained.inputs == [InputRole.mask: mask.key])
      #expect(try trained.recipe.start == training(plan, dense).start)
      // Nobody scores the last level's weights.
      #expect(trained.kept == (level < 3 ? [64] : []))
      #expect(trained.traces.map(\.splits) == [[.validation, .test]])
      before = ticket
    }
    _ = try Plan(suite: "test", artifacts: plan.artifacts)
  }

  @Test("rewinding to k takes the dense network's weights, schedule and data order at k")
  func rewinding() throws {
    let plan = try plan(lottery("rewind: [0it, 11it]\n" + Self.everyControl))
    let dense = try cell(plan, .dense, 0)
    let denseWalk = try walk(plan, dense)
    #expect(denseWalk.kept == [11, 64] && denseWalk.states.count == 2)
    for arm in [LotteryArm.ticket, .random, .shuffle, .otherSeed] {
      let cell = try cell(plan, arm, 2, rewind: 11)
      let recipe = try training(plan, cell)
      #expect(recipe.start == .checkpoint(iteration: 11))
      #expect(recipe.firstStep == 11 && recipe.scheduleOffset == 0)
      #expect(recipe.order == denseWalk.recipe.order)
      let source = try walk(plan, cell).inputs[InputRole.weights]
      let other = try walk(plan, self.cell(plan, .dense, 0, replicate: 2))
      #expect(source == (arm == .otherSeed ? other : denseWalk).states[11]?.key, "\(arm)")
    }
    let fresh = try cell(plan, .reinitialize, 2, rewind: 11)
    #expect(try training(plan, fresh).firstStep == 0)
    #expect(try fresh.training.original == cell(plan, .ticket, 2, rewind: 11).training.state)
    // The first mask ranks the dense network's last weights whatever k is; later ones do not.
    #expect(try cell(plan, .ticket, 1).mask == cell(plan, .ticket, 1, rewind: 11).mask)
    #expect(try cell(plan, .ticket, 2).mask != cell(plan, .ticket, 2, rewind: 11).mask)
    _ = try Plan(suite: "test", artifacts: plan.artifacts)
  }

  @Test("controls differ from the ticket in what they control, and in nothing else")
  func controls() throws {
    let plan = try plan(lottery(Self.everyControl))
    let ticket = try cell(plan, .ticket, 2)
    let own = try training(plan, ticket)
    let shuffle = try cell(plan, .shuffle, 2)
    #expect(shuffle.mask != ticket.mask)
    #expect(try artifact(plan, shuffle.mask).inputs == [InputRole.mask: ticket.mask!])
    #expect(try training(plan, shuffle).start == own.start)
    let random = try cell(plan, .random, 2)
    #expect(random.mask != ticket.mask && random.mask != shuffle.mask)
    #expect(try mask(plan, random).density == mask(plan, ticket).density)
    #expect(try training(plan, random).start == own.start)
    let draws = try (1...2).map { try cell(plan, .reinitialize, 2, draw: $0) }
    #expect(draws.allSatisfy { $0.mask == ticket.mask })
    let drawn = try draws.map { try training(plan, $0).start }
    #expect(drawn[0] != drawn[1] && !drawn.contains(own.start))
    let other = try cell(plan, .otherSeed, 2)
    #expect(other.mask == ticket.mask)
    let next = try training(plan, cell(plan, .dense, 0, replicate: 2))
    #expect(try training(plan, other).start == next.start)
    #expect(try training(plan, other).order == own.order)
    // The last replicate's other seed is the one that would come next.
    guard
      case .initialization(let beyond) = try training(
        plan, cell(plan, .otherSeed, 2, replicate: 2)
      ).start
    else { throw CancellationError() }
    #expect(beyond.stream.description == "seed 1 / replicate 3 / initialization")
  }

  @Test("a suite with controls shares its whole ladder with one without")
  func sharing() throws {
    let bare = try plan(lottery("levels: 3\ncontrols: []"))
    let full = try plan(lottery(Self.everyControl))
    #expect(Set(bare.artifacts.map(\.key)).isSubset(of: Set(full.artifacts.map(\.key))))
    #expect(full.artifacts.count > bare.artifacts.count)
    // A longer ladder begins with the shorter one.
    let longer = try plan(lottery("levels: 5\ncontrols: []"))
    #expect(Set(bare.artifacts.map(\.key)).isSubset(of: Set(longer.artifacts.map(\.key))))
  }

  @Test("what nothing shared would cost")
  func unshared() throws {
    let planned = try Planned(LotteryDesign.self, lottery(Self.everyControl))
    let plan = planned.plan
    let trainings = planned.design.unsharedTrainings(plan.cells)
    // Per replicate: dense 1; ticket, shuffle, two reinitializations and other seed 2 + 3 + 4 each; random 3.
    #expect(trainings == 2 * (1 + 5 * 9 + 3))
    #expect(plan.artifacts.trainings == 2 * (1 + 3 * 6))
    let oneShot = try Planned(
      LotteryDesign.self, lottery("levels: 3\ncontrols: []\nschedule: one-shot"))
    let fewer = oneShot.design.unsharedTrainings(oneShot.plan.cells)
    #expect(fewer == 2 * (1 + 3 * 2))
  }

  @Test("one-shot masks all rank the dense network's scores")
  func oneShot() throws {
    let plan = try plan(lottery("levels: 3\ncontrols: []\nschedule: one-shot"))
    let masks = try (1...3).map { try artifact(plan, cell(plan, .ticket, $0).mask) }
    #expect(Set(masks.map { $0.inputs }).count == 1)
    #expect(masks[0].inputs.keys.sorted() == [InputRole.scores])
    #expect(plan.artifacts.count { $0.kind == "scores" } == 2)
  }

  @Test("an output rate gives the output layer a density of its own; order may be fresh")
  func options() throws {
    let plan = try plan(
      lottery("levels: 3\ncontrols: [random]\noutput-rate: 10%\ndata-order: fresh"))
    for arm in [LotteryArm.ticket, .random] {
      #expect(
        try mask(plan, cell(plan, arm, 3)).ownDensities == ["fc.weight": Density("0.9^3")!])
    }
    let orders = try (1...3).map { try training(plan, cell(plan, .ticket, $0)).order }
    #expect(Set(orders).count == 3)
    #expect(try training(plan, cell(plan, .random, 2)).order == orders[1])
  }

  @Test("controls at some densities only")
  func someDensities() throws {
    let plan = try plan(lottery("levels: 3\ncontrols: {shuffle: true, densities: [0.8^2]}"))
    #expect(plan.cells.filter { $0.arm == .shuffle }.map(\.level) == [2, 2])
    #expect(plan.cells.filter { $0.arm == .ticket }.count == 6)
  }

  @Test("transfers train the ticket's mask and weights on the other dataset")
  func transfer() throws {
    let plan = try plan(
      lottery(
        """
        levels: 2
        rewind: 11it
        controls: [random, shuffle]
        transfer:
          dataset: {name: gaussian-mixture, classes: 10, dimension: 64, train: 400, test: 200}
        """))
    let moved = plan.cells.filter { $0.isTransferred && $0.replicate == 1 }
    #expect(moved.map(\.arm) == [.dense, .ticket, .random, .ticket, .random])
    for cell in moved {
      let recipe = try training(plan, cell)
      #expect(recipe.problem.dataset.source.name == "gaussian-mixture")
      #expect(recipe.start == .checkpoint(iteration: 11) && recipe.firstStep == 0)
      let dense = try walk(plan, self.cell(plan, .dense, 0))
      #expect(try walk(plan, cell).inputs[InputRole.weights] == dense.states[11]?.key)
    }
    #expect(try moved[1].mask == cell(plan, .ticket, 1, rewind: 11).mask)
    _ = try Plan(suite: "test", artifacts: plan.artifacts)
  }

  @Test("a ladder for masks alone asks nothing of the last level")
  func masksOnly() throws {
    let planned = try Planned(LotteryDesign.self, lottery("levels: 3\ncontrols: []"))
    let (suite, design) = (planned.suite, planned.design)
    var builder = PlanBuilder()
    let replicate = try ScoredReplicate(suite, 1)
    let levels = try replicate.climb(
      design.ladder, rewindingTo: 0, levels: 2, in: &builder)
    #expect(levels.map(\.number) == [0, 1, 2])
    #expect(try builder.artifacts.walks.map(\.kept) == [[64], [64]])
    let full = try plan(lottery("levels: 3\ncontrols: []"))
    #expect(levels[2].mask == (try cell(full, .ticket, 2)).mask)
  }
}
