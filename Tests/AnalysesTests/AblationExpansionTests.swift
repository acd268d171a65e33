import Foundation
import Laboratory
import Randomness
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Expansion of ablation suites")
struct AblationExpansionTests {
  @Test("what is not compared is drawn alike, what is compared is drawn apart")
  func pairing() throws {
    let plan = try AnalysesTests.plan(
      yaml(
        methods: "{random: random, other: random, snip: snip, mean: {criterion: snip, reading:"
          + " absolute-then-mean}}",
        more: "seed: 7\nreplicates: 2"))
    for replicate in 1...2 {
      let cells = plan.cells.filter { $0.replicate == replicate }
      let trainings = try cells.map { try plan.training($0) }
      let root = "replicate \(replicate)"
      #expect(Set(trainings.map(\.order)) == [StreamPath(seed: 7) / root / "order"])
      let streams = zip(cells, trainings).map { cell, training -> (Bool, StreamPath?) in
        guard case .initialization(let recipe) = training.start else { return (false, nil) }
        return (cell.combination.contains(.reinitialize), recipe.stream)
      }
      #expect(
        Set(streams.filter { !$0.0 }.map(\.1))
          == [StreamPath(seed: 7) / root / "initialization"])
      #expect(
        Set(streams.filter(\.0).map(\.1)) == [
          StreamPath(seed: 7) / root / "reinitialization"
        ])
    }
    let scorings = try plan.recipes(ScoresRecipe.self).map(\.stream)
    #expect(
      scorings.prefix(4).map(\.description) == [
        "seed 7 / replicate 1 / scoring / random",
        "seed 7 / replicate 1 / scoring / random / draw 2",
        "seed 7 / replicate 1 / scoring / snip", "seed 7 / replicate 1 / scoring / snip",
      ])
    let shuffles = try plan.recipes(AblatedMaskRecipe.self).map(\.stream)
    #expect(Set(shuffles).count == shuffles.count)
    let mask = try #require(try plan.cell("random").mask)
    #expect(shuffles.first?.description == "seed 7 / replicate 1 / shuffle / \(mask)")
  }

  @Test("an ablation changes its own part of the training and no other")
  func ablations() throws {
    let plan = try AnalysesTests.plan(
      yaml(
        methods: methodsOfEverySort,
        more: "ablations: [shuffle, reinitialize, [shuffle, reinitialize]]"))
    for method in ["random", "snip", "synflow", "ticket"] {
      let own = try plan.cell(method)
      let shuffled = try plan.cell(method, [.shuffle])
      let fresh = try plan.cell(method, [.reinitialize])
      let both = try plan.cell(method, [.shuffle, .reinitialize])
      #expect(shuffled.mask != own.mask)
      #expect(try plan.artifact(shuffled.mask).inputs == [InputRole.mask: #require(own.mask)])
      #expect(try plan.training(shuffled) == plan.training(own))
      #expect(fresh.mask == own.mask)
      #expect(both.mask == shuffled.mask)
      #expect(try plan.training(both) == plan.training(fresh))
      #expect(try plan.training(fresh).start != plan.training(own).start)
      #expect([fresh, both].map(\.training.original) == [own, own].map(\.training.state))
      #expect(own.training.original == nil && shuffled.training.original == nil)
      #expect(Set([own, shuffled, fresh, both].map(\.training)).count == 4)
    }
  }

  @Test("inversions rank the same scores the other way round, and shuffles act after them")
  func inversion() throws {
    let plan = try AnalysesTests.plan(
      yaml(
        methods: "{snip: snip, layers: {criterion: snip, scope: layerwise}, synflow: synflow}",
        more: "ablations: [invert-global, invert-layerwise, [shuffle, invert-global]]"))
    let own = try plan.cell("snip")
    let (global, layerwise) = (
      try plan.cell("snip", [.invertGlobal]), try plan.cell("snip", [.invertLayerwise])
    )
    #expect(try plan.mask(own).selection == .highest)
    #expect(try plan.mask(global).selection == .lowest)
    let scores = try #require(try plan.artifact(own.mask).inputs[InputRole.scores])
    #expect(try plan.artifact(global.mask).inputs == [InputRole.scores: scores])
    #expect(try plan.mask(layerwise).selection == .lowestWithinLayers)
    #expect(
      try plan.artifact(layerwise.mask).inputs
        == [InputRole.scores: scores, InputRole.counts: try #require(own.mask)])
    let shuffled = try plan.cell("snip", [.shuffle, .invertGlobal])
    #expect(plan.artifacts.first { $0.key == shuffled.mask }?.inputs[InputRole.mask] == global.mask)
    // Within layers both inversions are the same work.
    #expect(
      try plan.cell("layers", [.invertGlobal]).training
        == plan.cell("layers", [.invertLayerwise]).training)
    let shaped = try AnalysesTests.plan(
      yaml(
        methods: "{shaped: {criterion: snip, scope: erdos-renyi-kernel}}",
        more: "ablations: [invert-global, invert-layerwise]"))
    #expect(try shaped.mask(shaped.cell("shaped", [.invertLayerwise])).selection == .lowest)
    #expect(
      try shaped.cell("shaped", [.invertGlobal]).training
        == shaped.cell("shaped", [.invertLayerwise]).training)
    // Scores in iterations belong to the mask.
    let iterative = try plan.cell("synflow", [.invertLayerwise])
    #expect(
      try plan.artifact(iterative.mask).inputs == [
        InputRole.counts: #require(plan.cell("synflow").mask)
      ])
    guard
      case .iterative(let scored, .exponential(iterations: 100)) = try plan.mask(iterative).scores
    else {
      Issue.record("not iterative")
      return
    }
    #expect(scored.criterion == .synflow)
    #expect(try plan.artifact(plan.cell("synflow").mask).inputs.isEmpty)
  }

  @Test("masks from, weights from, and lengths of training")
  func continuations() throws {
    // 8 steps per epoch, 64 in all.
    let plan = try AnalysesTests.plan(
      yaml(
        methods: """
          {ticket: {criterion: magnitude, mask-from: last},
           rewound: {criterion: magnitude, mask-from: last, continue-from: 2ep},
           early: {criterion: snip, mask-from: 1ep, continue-from: 3ep},
           learning-rate: {criterion: magnitude, mask-from: last, continue-from: last, schedule-from: 1ep},
           tuned: {criterion: magnitude, mask-from: last, continue-from: last, fine-tune: 2ep},
           snip: snip}
          """, more: "ablations: [reinitialize]"
      )
      .replacing("batch-size: 162", with: "batch-size: 162, schedule: {steps: {at: [4ep]}}"))
    let dense = try plan.cell(Method.dense, density: "1")
    let denseWalk = try plan.artifacts.walk(of: dense.training.state)
    #expect(
      denseWalk.states.keys.sorted() == [8, 16, 24, 64] && denseWalk.kept == [8, 16, 24, 64])
    #expect(dense.totalTrainingSteps == 64)
    #expect(dense.mask == nil)

    func expect(
      _ method: String, weights: Int, start: Int, duration: String = "8ep",
      total: Int, fresh: Int
    ) throws {
      let own = try plan.cell(method)
      let recipe = try plan.training(own)
      if weights > 0 { #expect(recipe.start == .checkpoint(iteration: weights), "\(method)") }
      #expect(recipe.firstStep == start && recipe.scheduleOffset == 0, "\(method)")
      #expect(recipe.training.duration.description == duration, "\(method)")
      #expect(try plan.artifacts.walk(of: own.training.state).kept == [])
      #expect(own.totalTrainingSteps == total, "\(method)")
      let reinitialized = try plan.cell(method, [.reinitialize])
      let other = try plan.training(reinitialized)
      #expect(other.firstStep == 0 && other.scheduleOffset == 0)
      #expect(other.training.duration.description == "8ep")
      #expect(reinitialized.training.original == own.training.state)
      #expect(reinitialized.totalTrainingSteps == fresh, "\(method)")
      let inputs = try plan.artifact(own.training.state).inputs
      #expect(inputs[InputRole.weights] == denseWalk.states[weights]?.key, "\(method)")
      #expect(
        try plan.artifact(reinitialized.training.state).inputs
          == [InputRole.mask: #require(own.mask)], "\(method)")
    }
    try expect("ticket", weights: 0, start: 0, total: 128, fresh: 128)
    try expect("rewound", weights: 16, start: 16, total: 112, fresh: 128)
    try expect("early", weights: 24, start: 24, total: 64, fresh: 72)
    try expect("learning-rate", weights: 64, start: 8, total: 120, fresh: 128)
    try expect(
      "tuned", weights: 64, start: 0, duration: "2ep", total: 80, fresh: 128)
    try expect("snip", weights: 0, start: 0, total: 64, fresh: 64)

    let tuned = try plan.training(plan.cell("tuned")).training
    #expect(tuned.schedule == LearningRateSchedule(warmup: .zero, shape: .constant))
    #expect(abs(tuned.optimizer.learningRate - 0.01) < 1e-15)
  }
}
