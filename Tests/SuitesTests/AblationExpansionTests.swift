import Foundation
import Laboratory
import Randomness
import Recipes
import Testing

@testable import Suites

@Suite("Expansion of ablation suites")
struct AblationExpansionTests {
  @Test("what is not compared is drawn alike, what is compared is drawn apart")
  func pairing() throws {
    let plan = try SuitesTests.plan(
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
        guard case .initialization(let recipe) = training.weights else { return (false, nil) }
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
        "seed 7 / replicate 1 / scoring / random / random",
        "seed 7 / replicate 1 / scoring / random / other",
        "seed 7 / replicate 1 / scoring / snip", "seed 7 / replicate 1 / scoring / snip",
      ])
    let shuffles = try plan.recipes(ShuffleRecipe.self).map(\.stream)
    #expect(Set(shuffles).count == shuffles.count)
    #expect(shuffles.first?.description == "seed 7 / replicate 1 / shuffle / random / 0.512")
  }

  @Test("an ablation changes its own part of the training and no other")
  func ablations() throws {
    let plan = try SuitesTests.plan(
      yaml(
        methods: methodsOfEverySort,
        more: "ablations: [shuffle, reinitialize, [shuffle, reinitialize]]"))
    for method in ["random", "snip", "synflow", "ticket"] {
      let own = try plan.cell(method)
      let shuffled = try plan.cell(method, [.shuffle])
      let fresh = try plan.cell(method, [.reinitialize])
      let both = try plan.cell(method, [.shuffle, .reinitialize])
      #expect(own.mask == own.methodMask)
      #expect(shuffled.mask != own.mask)
      #expect(shuffled.methodMask == own.mask)
      #expect(try plan.training(shuffled) == plan.training(own))
      #expect(fresh.mask == own.mask)
      #expect(both.mask == shuffled.mask)
      #expect(try plan.training(both) == plan.training(fresh))
      #expect(try plan.training(fresh).weights != plan.training(own).weights)
      #expect(try plan.training(fresh).reinitializes == plan.training(own).weights)
      #expect(Set([own, shuffled, fresh, both].map(\.training)).count == 4)
    }
  }

  @Test("inversions rank the same scores the other way round, and shuffles act after them")
  func inversion() throws {
    let plan = try SuitesTests.plan(
      yaml(
        methods: "{snip: snip, layers: {criterion: snip, scope: layerwise}, synflow: synflow}",
        more: "ablations: [invert-global, invert-layerwise, [shuffle, invert-global]]"))
    let own = try plan.cell("snip")
    let (global, layerwise) = (
      try plan.cell("snip", [.invertGlobal]), try plan.cell("snip", [.invertLayerwise])
    )
    #expect(try plan.mask(own).selection == .highest)
    #expect(try plan.mask(global).selection == .lowest)
    #expect(try plan.artifact(global.mask).inputs == [InputRole.scores: try #require(own.scores)])
    #expect(try plan.mask(layerwise).selection == .lowestWithinLayers)
    #expect(
      try plan.artifact(layerwise.mask).inputs
        == [InputRole.scores: try #require(own.scores), InputRole.counts: try #require(own.mask)])
    let shuffled = try plan.cell("snip", [.shuffle, .invertGlobal])
    #expect(plan.artifacts.first { $0.key == shuffled.mask }?.inputs[InputRole.mask] == global.mask)
    // Within layers both inversions are the same work.
    #expect(
      try plan.cell("layers", [.invertGlobal]).training
        == plan.cell("layers", [.invertLayerwise]).training)
    let shaped = try SuitesTests.plan(
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
      case .iterative(let scores, .exponential(iterations: 100)) = try plan.mask(iterative).scores
    else {
      Issue.record("not iterative")
      return
    }
    #expect(scores.criterion == .synflow)
    #expect(try plan.cell("synflow").scores == nil)
  }

  @Test("masks from, weights from, and lengths of training")
  func continuations() throws {
    // 8 steps per epoch, 64 in all.
    let plan = try SuitesTests.plan(
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
    #expect(try plan.training(dense).keeps == [8, 16, 24, 64])
    #expect(dense.totalTrainingSteps == 64)
    #expect(dense.mask == nil && dense.dense == nil)

    func expect(
      _ method: String, weights: Int, start: Int, duration: String = "8ep",
      total: Int, fresh: Int
    ) throws {
      let own = try plan.cell(method)
      let recipe = try plan.training(own)
      if weights > 0 { #expect(recipe.weights == .checkpoint(iteration: weights), "\(method)") }
      #expect(recipe.start == start, "\(method)")
      #expect(recipe.scheduleStart == start, "\(method)")
      #expect(recipe.training.duration.description == duration, "\(method)")
      #expect(recipe.keeps == [] && recipe.reinitializes == nil)
      #expect(own.totalTrainingSteps == total, "\(method)")
      let reinitialized = try plan.cell(method, [.reinitialize])
      let other = try plan.training(reinitialized)
      #expect(other.start == 0 && other.scheduleStart == 0)
      #expect(other.training.duration.description == "8ep")
      #expect(other.reinitializes == recipe.weights)
      #expect(reinitialized.totalTrainingSteps == fresh, "\(method)")
      for (cell, needs) in [(own, weights > 0), (reinitialized, weights > 0)] {
        let inputs = try #require(plan.artifacts.first { $0.key == cell.training }).inputs
        #expect(inputs[InputRole.weights] == (needs ? dense.training : nil), "\(method)")
      }
    }
    try expect("ticket", weights: 0, start: 0, total: 128, fresh: 128)
    try expect("rewound", weights: 16, start: 16, total: 112, fresh: 128)
    try expect("early", weights: 24, start: 24, total: 64, fresh: 72)
    try expect("learning-rate", weights: 64, start: 8, total: 120, fresh: 128)
    try expect(
      "tuned", weights: 64, start: 0, duration: "2ep", total: 80, fresh: 128)
    try expect("snip", weights: 0, start: 0, total: 64, fresh: 64)
    #expect(try plan.cell("snip").dense == nil)
    #expect(try plan.cell("ticket").dense == dense.training)

    let tuned = try plan.training(plan.cell("tuned")).training
    #expect(tuned.schedule == LearningRateSchedule(warmup: .zero, shape: .constant))
    #expect(abs(tuned.optimizer.learningRate - 0.01) < 1e-15)
  }
}
