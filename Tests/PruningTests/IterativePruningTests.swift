import Foundation
import Networks
import Pruning
import Recipes
import Tensors
import Testing

@Suite struct IterativePruningTests {
  /// Layers a and b of 600 and 400 weights whose scores are all different.
  private let whole = mask([[UInt8](repeating: 1, count: 600), [UInt8](repeating: 1, count: 400)])

  private func fixedScores(_ mask: Mask, _ iteration: Int) throws -> Scores {
    try scores([(0..<600).map { sin(Double($0)) }, (0..<400).map { 2 * sin(Double($0) + 0.3) }])
  }

  private func counts(
    _ schedule: PruningSchedule, _ density: String, scope: Scope = .global,
    keeping: IterativePruning.Keeping = .highest, excluded: [String] = []
  ) throws -> [[Int]] {
    try IterativePruning(
      schedule: schedule, density: Density(density)!, scope: scope, excluded: excluded
    ).run(from: whole, keeping: keeping, score: fixedScores).ranking.iterations
  }

  private func totals(_ schedule: PruningSchedule, _ density: String) throws -> [Int] {
    try counts(schedule, density).map { $0.reduce(0, +) }
  }

  @Test func schedulesHaveTheirDensities() throws {
    #expect(try totals(.oneShot, "0.3") == [300])
    // 1 − 0.75·k/3.
    #expect(try totals(.linear(iterations: 3), "0.25") == [750, 500, 250])
    // 0.25^(k/2) and 0.125^(k/3).
    #expect(try totals(.exponential(iterations: 2), "0.25") == [500, 250])
    #expect(try totals(.exponential(iterations: 3), "0.125") == [500, 250, 125])
    // N − ⌊(1 − d^(k/n))·N⌋ where the root is irrational: 0.1^(1/3) = 0.4641…, 0.1^(2/3) = 0.2154….
    #expect(try totals(.exponential(iterations: 3), "0.1") == [465, 216, 100])
    #expect(try totals(.linear(iterations: 1), "0.3") == [300])
    #expect(try totals(.exponential(iterations: 4), "1") == [1000, 1000, 1000, 1000])
  }

  @Test func linearDensitiesAreExactWhereTheyAreRational() throws {
    // 1 − 0.9·k/3 = 0.7, 0.4, 0.1: whole numbers of weights, which binary fractions miss.
    #expect(try totals(.linear(iterations: 3), "0.1") == [700, 400, 100])
    #expect(try totals(.linear(iterations: 7), "0.3") == [900, 800, 700, 600, 500, 400, 300])
  }

  @Test func layerwiseSchedulesCountEachLayer() throws {
    #expect(
      try counts(.linear(iterations: 2), "0.5", scope: .layerwise) == [[450, 300], [300, 200]])
    #expect(
      try counts(.linear(iterations: 2), "0.5", scope: .layerwise, excluded: ["a"])
        == [[600, 300], [600, 200]])
  }

  @Test func everyIterationIsScoredUnderItsMask() throws {
    var seen: [(Mask, Int)] = []
    var progress: [Double] = []
    let found = try IterativePruning(
      schedule: .exponential(iterations: 4), density: Density("1/16")!, scope: .global, excluded: []
    ).run(from: whole, keeping: .highest, progress: { progress.append($0) }) { mask, iteration in
      seen.append((mask, iteration))
      return try fixedScores(mask, iteration)
    }
    #expect(seen.map(\.1) == [1, 2, 3, 4])
    #expect(seen.map(\.0.keptCount) == [1000, 500, 250, 125])
    #expect(found.mask.keptCount == 63)
    #expect(progress == [0.25, 0.5, 0.75, 1])
  }

  @Test func theLowestAreKeptInEveryIteration() throws {
    // With scores that never change the lowest of the lowest are the lowest.
    func masks(_ schedule: PruningSchedule) throws -> [Mask] {
      try [IterativePruning.Keeping.highest, .lowest].map {
        try IterativePruning(
          schedule: schedule, density: Density("0.5")!, scope: .global, excluded: []
        ).run(from: whole, keeping: $0, score: fixedScores).mask
      }
    }
    let once = try masks(.oneShot)
    #expect(try masks(.exponential(iterations: 5)) == once)
    let both = zip(once[0].layers.flatMap(\.kept), once[1].layers.flatMap(\.kept))
    #expect(both.allSatisfy { $0 + $1 == 1 })
  }

  @Test func theLowestWithinLayersKeepTheMethodsCountsInEveryIteration() throws {
    let schedule = PruningSchedule.exponential(iterations: 4)
    let method = try counts(schedule, "0.1")
    let inverted = try counts(schedule, "0.1", keeping: .lowestWithinLayers(method))
    #expect(inverted == method)
    #expect(Set(method.map { $0[0] * 400 == $0[1] * 600 }) == [false])
    // Also where the method has emptied a layer before the end.
    let collapsed = [[600, 200], [500, 0], [400, 0], [100, 0]]
    #expect(try counts(schedule, "0.1", keeping: .lowestWithinLayers(collapsed)) == collapsed)
    let lowest = try counts(schedule, "0.1", keeping: .lowest)
    #expect(lowest.map { $0.reduce(0, +) } == method.map { $0.reduce(0, +) } && lowest != method)
  }

  @Test func theLowestWithinLayersLeaveExcludedTensorsWhole() throws {
    let method = try counts(.linear(iterations: 2), "0.5", excluded: ["a"])
    #expect(method == [[600, 300], [600, 200]])
    #expect(
      try counts(
        .linear(iterations: 2), "0.5", keeping: .lowestWithinLayers(method), excluded: ["a"])
        == method)
  }

  @Test func tensorsToExcludeMustBeThere() throws {
    #expect(throws: PruningError.unknownExclusion(tensor: "c", known: ["a", "b"])) {
      try counts(.oneShot, "0.5", excluded: ["a", "c"])
    }
  }

  @Test func whatTheLastIterationMetIsTold() throws {
    let found = try IterativePruning(
      schedule: .linear(iterations: 2), density: Density("0.5")!, scope: .global, excluded: []
    ).run(from: mask([[1, 1, 1, 1]]), keeping: .highest) { _, iteration in
      try scores([iteration == 1 ? [0, 0, 0, 0] : [1, 3, 3, 0]])
    }
    #expect(found.mask.layers[0].kept == [0, 1, 1, 0])
    // After the first iteration 3 are left: 1, 3 and 3.
    #expect(found.ranking == MaskResult.Ranking(iterations: [[3], [2]], zeroScores: 0, ties: 2))
  }
}
