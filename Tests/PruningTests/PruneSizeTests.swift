import Networks
import Pruning
import Testing

@Suite struct PruneSizeTests {
  @Test("prune size is the sum of the lowest scores, and R every layer's total")
  func direct() throws {
    let setting = try Setting(biases: .zero)
    let scoring = try setting.scoring(batches: [])
    let scores = try scoring.scores(by: .synflow)
    let output = try scoring.summedOutput()
    for layer in try scores.values {
      #expect(abs(layer.reduce(0, +) / output - 1) < 1e-12)
    }
    let kept = 50
    let ranked = try Ranking(excluding: [], keepsLowest: false)
      .select(scores, within: setting.all, quota: .total(kept))
    let pruned = try scores.total(from: setting.all, to: ranked.mask)
    let sorted = try scores.values.joined().sorted()
    let direct = sorted.dropLast(kept).reduce(0, +)
    #expect(abs(pruned / direct - 1) < 1e-12)
    #expect(abs(pruned / sorted.dropFirst(kept).reduce(0, +) - 1) > 0.1, "the highest differ")
    #expect(try scores.total(from: ranked.mask, to: ranked.mask) == 0)
  }

  @Test("scores of kept weights alone have the same prune size")
  func ofKept() throws {
    let before = mask([[1, 0, 1, 1], [0, 1, 1]])
    let after = mask([[0, 0, 1, 1], [0, 0, 1]])
    #expect(try scores([[5, 0, 3, 2], [0, 1, 3]]).total(from: before, to: after) == 6)
    #expect(try scores([[5, 3, 2], [1, 3]]).total(from: before, to: after) == 6)
    #expect(try scores([[5, 3, 2], [1, 3]]).total(from: before, to: before) == 0)
  }

  @Test("R of a masked network is its own")
  func masked() throws {
    let setting = try Setting()
    let whole = try setting.scoring(batches: []).summedOutput()
    let scores = try setting.scoring(batches: []).scores(by: .magnitude)
    let mask = try Ranking(excluding: [], keepsLowest: false)
      .select(scores, within: setting.all, quota: .total(100)).mask
    let less = try setting.scoring(mask: mask, batches: []).summedOutput()
    #expect(less > 0 && less < whole)
  }
}
