import Networks
import Pruning
import Testing

@Suite struct PruneSizeTests {
  @Test("prune size is the sum of the lowest scores, and R every layer's total")
  func direct() throws {
    let setting = try Setting(biases: .zero)
    let scoring = try setting.scoring(batches: [])
    let scores = try scoring.scores(by: .init(.synflow))
    let output = try scoring.summedOutput()
    for layer in try scores.values {
      #expect(abs(layer.reduce(0, +) / output - 1) < 1e-12)
    }
    let kept = 50
    let ranking = Ranking(excluding: [], keepsLowest: false)
    let decision = try ranking.decide(scores.ranked(within: setting.all), quota: .total(kept))
    let pruned = try decision.prunedTotal()
    let sorted = try scores.values.joined().sorted()
    let direct = sorted.dropLast(kept).reduce(0, +)
    #expect(abs(pruned / direct - 1) < 1e-12)
    #expect(abs(pruned / sorted.dropFirst(kept).reduce(0, +) - 1) > 0.1, "the highest differ")
    let nothing = try ranking.decide(
      scores.ranked(within: setting.all), quota: .total(sorted.count))
    #expect(try nothing.prunedTotal() == 0)
  }

  @Test("what a mask has pruned already does not count, equal scores as often as they go")
  func ofKept() throws {
    let before = mask([[1, 0, 1, 1], [0, 1, 1]])
    func pruned(_ values: [[Double]], keeping count: Int, lowest: Bool = false) throws -> Double {
      try Ranking(excluding: [], keepsLowest: lowest)
        .decide(scores(values).ranked(within: before), quota: .total(count)).prunedTotal()
    }
    #expect(try pruned([[5, 0, 3, 2], [7, 1, 3]], keeping: 3) == 3)
    #expect(try pruned([[5, 0, 3, 2], [7, 1, 3]], keeping: 2) == 6)
    #expect(try pruned([[5, 0, 3, 2], [7, 1, 3]], keeping: 0) == 14)
    #expect(try pruned([[5, 0, 3, 2], [7, 1, 3]], keeping: 3, lowest: true) == 8)
  }

  @Test("R of a masked network is its own")
  func masked() throws {
    let setting = try Setting()
    let whole = try setting.scoring(batches: []).summedOutput()
    let scores = try setting.scoring(batches: []).scores(by: .init(.magnitude))
    let mask = try Ranking(excluding: [], keepsLowest: false)
      .select(scores, within: setting.all, quota: .total(100)).mask
    let less = try setting.scoring(mask: mask, batches: []).summedOutput()
    #expect(less > 0 && less < whole)
  }
}
