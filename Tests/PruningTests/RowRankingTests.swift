import Foundation
import Networks
import Pruning
import Recipes
import Testing

@Suite struct RowRankingTests {
  private static let values: [[Double]] = [[5, 1, 3, 2, 0, 9], [4, -1, 4, 4, 7, 4]]

  /// Two layers of three rows of two and two rows of three.
  private func kept(
    _ quota: Ranking.Quota, lowest: Bool = false, excluding excluded: [String] = [],
    within: [[UInt8]] = [[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]]
  ) throws -> [[UInt8]] {
    let mask = Mask(layers: [
      Mask.Layer(name: "a", shape: [3, 2], kept: within[0]),
      Mask.Layer(name: "b", shape: [2, 3], kept: within[1]),
    ])
    let scores = try Scores(
      zip(mask.layers, Self.values).map { layer, values in
        Scores.Layer(name: layer.name, scores: try .init(values, shape: layer.shape))
      }, for: nil, source: "a test")
    return try Ranking(excluding: excluded, keepsLowest: lowest)
      .select(scores, within: mask, quota: quota).mask.layers.map(\.kept)
  }

  @Test("each row keeps its own highest, or lowest; ties go to the lower index")
  func rows() throws {
    let half = Ranking.Quota.density(Density("1/2")!, .row)
    // 2 − 1 = 1 of two, 3 − 1 = 2 of three.
    #expect(try kept(half) == [[1, 0, 1, 0, 0, 1], [1, 0, 1, 1, 1, 0]])
    #expect(try kept(half, lowest: true) == [[0, 1, 0, 1, 1, 0], [1, 1, 0, 1, 0, 1]])
    #expect(
      try kept(half, excluding: ["a"]) == [[1, 1, 1, 1, 1, 1], [1, 0, 1, 1, 1, 0]])
    #expect(
      try kept(.apart(["a": 1], rest: half)) == [[0, 0, 0, 0, 0, 1], [1, 0, 1, 1, 1, 0]])
  }

  @Test("what is pruned never comes back, and a row that has no more left keeps all of it")
  func nested() throws {
    let found = try kept(
      .perRow(["a": 1, "b": 2]), within: [[0, 1, 1, 1, 0, 0], [1, 1, 0, 0, 1, 0]])
    #expect(found == [[0, 1, 1, 0, 0, 0], [1, 1, 0, 0, 1, 0]])
  }

  @Test("schedules keep each row's share after every iteration")
  func schedules() throws {
    let mask = Mask(layers: [
      Mask.Layer(name: "a", shape: [4, 10], kept: [UInt8](repeating: 1, count: 40))
    ])
    let scores = try Scores(
      [Scores.Layer(name: "a", scores: try .init((0..<40).map(Double.init), shape: [4, 10]))],
      for: nil, source: "a test")
    let (found, ranking) = try IterativePruning(
      schedule: .linear(iterations: 3), density: Density("0.1")!, scope: .row, excluded: []
    ).run(from: mask, keeping: .highest) { _, _ in scores }
    // 10 − ⌊0.9 · 10 · k / 3⌋ of each row.
    #expect(ranking.iterations == [[28], [16], [4]])
    #expect(
      found.layers[0].kept.enumerated().allSatisfy { ($0.element == 1) == ($0.offset % 10 == 9) })
  }
}
