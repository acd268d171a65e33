import Ablations
import Networks
import Randomness
import Recipes
import Testing

@Suite struct ShuffleRowsTests {
  /// Rows that keep 1, 4 and 0 of 8.
  private let original = Mask(layers: [
    Mask.Layer(
      name: "w", shape: [3, 2, 4],
      kept: [1, 0, 0, 0, 0, 0, 0, 0] + [1, 1, 1, 1, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 8))
  ])

  private func rows(_ mask: Mask) -> [ArraySlice<UInt8>] {
    (0..<3).map { mask.layers[0].kept[8 * $0..<8 * $0 + 8] }
  }

  @Test("every row keeps its count, and every place of a row is kept equally often")
  func uniform() {
    let seeds = 4000
    var kept = [Int](repeating: 0, count: 24)
    var changed = 0
    for seed in 0..<seeds {
      let shuffled = MaskChange.shuffleRows.act(original, StreamPath(seed: UInt64(seed)))
      #expect(rows(shuffled).map { $0.reduce(0, +) } == [1, 4, 0])
      for (index, value) in shuffled.layers[0].kept.enumerated() { kept[index] += Int(value) }
      let audit = MaskChange.shuffleRows.audit(of: original, to: shuffled)
      // 2 · 1 · 7 / 8 and 2 · 4 · 4 / 8.
      #expect(audit.expected == 1.75 + 4 && audit.countsKept)
      changed += audit.changed
    }
    for (index, count) in kept.enumerated() {
      let p = [1.0 / 8, 1.0 / 2, 0][index / 8]
      let error = (Double(seeds) * p * (1 - p)).squareRoot()
      #expect(abs(Double(count) - Double(seeds) * p) <= 5 * error, "place \(index)")
    }
    #expect(abs(Double(changed) / Double(seeds) - 5.75) < 0.2)
  }

  @Test("one path draws one mask")
  func repeats() {
    let path = StreamPath(seed: 7) / "rows"
    #expect(
      MaskChange.shuffleRows.act(original, path) == MaskChange.shuffleRows.act(original, path))
  }
}
