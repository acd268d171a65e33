import Ablations
import Foundation
import Networks
import Pruning
import Recipes
import Tensors
import Testing

@Suite struct InvertTests {
  /// Scores that are all different; the last layer's are the largest.
  private func scores(_ mask: Mask) throws -> Scores {
    try Scores(
      network.prunable.enumerated().map { index, tensor in
        let values = (0..<tensor.count).map {
          sin(Double(7 * $0 + index)) + (index == 2 ? 1.5 : 0)
        }
        return Scores.Layer(name: tensor.name, scores: try Tensor(values, shape: tensor.shape))
      }, for: network, source: "the test")
  }

  private func prune(
    _ selection: Selection, density: String, schedule: PruningSchedule = .oneShot,
    counts: [[Int]]? = nil
  ) throws -> (mask: Mask, counts: [[Int]]) {
    let found = try IterativePruning(
      schedule: schedule, density: Density(density)!, scope: .global, excluded: []
    ).run(
      from: Mask(keepingAllOf: network),
      keeping: try selection.keeping(counts: try #require(counts))
    ) { mask, _ in try scores(mask) }
    return (found.mask, found.ranking.iterations)
  }

  private func complement(_ mask: Mask) -> Mask {
    Mask(
      layers: mask.layers.map {
        Mask.Layer(name: $0.name, shape: $0.shape, kept: $0.kept.map { 1 - $0 })
      })
  }

  @Test func onlyTheLayerwiseFormReadsTheMethodsCounts() throws {
    struct Read: Error {}
    func counts() throws -> [[Int]] { throw Read() }
    guard case .highest = try Selection.highest.keeping(counts: try counts()),
      case .lowest = try Selection.lowest.keeping(counts: try counts())
    else {
      Issue.record("the wrong end")
      return
    }
    #expect(throws: Read.self) { try Selection.lowestWithinLayers.keeping(counts: try counts()) }
    guard
      case .lowestWithinLayers([[1, 2]]) = Selection.lowestWithinLayers.keeping(counts: [[1, 2]])
    else {
      Issue.record("other counts")
      return
    }
  }

  @Test func theGlobalFormKeepsWhatTheMethodDropsFirst() throws {
    // Of 160 weights the method drops 120 and the inversion at the complementary density keeps them.
    let method = try prune(.highest, density: "0.25").mask
    #expect(try prune(.lowest, density: "0.75").mask == complement(method))
    // At one density both keep as many, and nothing in common below one half.
    let inverted = try prune(.lowest, density: "0.25").mask
    #expect(inverted.keptCount == method.keptCount)
    #expect(inverted.isNested(in: complement(method)))
  }

  @Test func theGlobalFormMayEmptyLayersThatTheMethodKeeps() throws {
    let (method, inverted) = (
      try prune(.highest, density: "0.1"), try prune(.lowest, density: "0.1")
    )
    #expect(method.mask.layers[2].keptCount > 0 && inverted.mask.layers[2].keptCount == 0)
  }

  @Test func theLayerwiseFormKeepsTheMethodsCountsAndTheLowestScores() throws {
    for schedule in [PruningSchedule.oneShot, .exponential(iterations: 3)] {
      let method = try prune(.highest, density: "0.25", schedule: schedule)
      let inverted = try prune(
        .lowestWithinLayers, density: "0.25", schedule: schedule, counts: method.counts)
      #expect(inverted.counts == method.counts)
      #expect(inverted.mask != method.mask)
      for (layer, scored) in zip(inverted.mask.layers, try scores(inverted.mask).layers) {
        let values = try scored.scores.elements(of: Double.self)
        let kept = zip(values, layer.kept).filter { $0.1 == 1 }.map(\.0)
        let dropped = zip(values, layer.kept).filter { $0.1 == 0 }.map(\.0)
        #expect(kept.max() ?? -.infinity < dropped.min() ?? .infinity)
      }
    }
  }
}
