import Ablations
import Networks
import Randomness
import Recipes
import Testing

@Suite struct ShuffleTests {
  private let original = mask([30, 30, 5])
  private let path = StreamPath(seed: 1) / "shuffle"

  /// Expectation and variance of the entries that uniform permutations change.
  ///
  /// Of k kept among n, the overlap of old and new is hypergeometric with variance
  /// k²(n − k)² / (n²(n − 1)); 2(k − overlap) entries change.
  private func changes(of mask: Mask) -> (mean: Double, variance: Double) {
    mask.layers.reduce((0, 0)) { sum, layer in
      let (n, k) = (Double(layer.kept.count), Double(layer.keptCount))
      return (
        sum.0 + 2 * k * (n - k) / n,
        sum.1 + 4 * k * k * (n - k) * (n - k) / (n * n * (n - 1))
      )
    }
  }

  @Test func everyAblationOfMasksHasItsAct() {
    #expect(MaskChange.all.map(\.name) == Ablation.all.filter(\.changesMask).map(\.name))
  }

  @Test func namesShapesAndCountsStay() {
    let shuffled = MaskChange.shuffle.act(original, path)
    #expect(shuffled != original)
    #expect(shuffled.layers.map(\.count) == original.layers.map(\.count))
    #expect(shuffled.layers.map(\.shape) == original.layers.map(\.shape))
  }

  @Test func entriesChangeAsOftenAsUniformPermutationsChangeThem() {
    let (mean, variance) = changes(of: original)
    let seeds = 200
    var total = 0
    for seed in 0..<seeds {
      let shuffled = MaskChange.shuffle.act(original, StreamPath(seed: UInt64(seed)) / "shuffle")
      let audit = MaskChange.shuffle.audit(of: original, to: shuffled)
      #expect(abs(Double(audit.changed) - mean) < 5 * variance.squareRoot())
      #expect(audit.expected == mean && audit.countsKept)
      total += audit.changed
    }
    let error = (variance / Double(seeds)).squareRoot()
    #expect(abs(Double(total) / Double(seeds) - mean) < 5 * error)
  }

  @Test func everyPositionIsKeptEquallyOften() {
    var kept = [Int](repeating: 0, count: 40)
    let seeds = 2000
    for seed in 0..<seeds {
      let shuffled = MaskChange.shuffle.act(original, StreamPath(seed: UInt64(seed)))
      for (index, value) in shuffled.layers[2].kept.enumerated() { kept[index] += Int(value) }
    }
    let p = 5.0 / 40
    let error = (Double(seeds) * p * (1 - p)).squareRoot()
    for count in kept { #expect(abs(Double(count) - Double(seeds) * p) < 5 * error) }
  }

  @Test func layersHaveStreamsOfTheirOwn() {
    let shuffled = MaskChange.shuffle.act(original, path)
    #expect(shuffled.layers[0].kept != shuffled.layers[1].kept)
    // A layer's permutation does not depend on the layers beside it.
    let alone = MaskChange.shuffle.act(Mask(layers: [original.layers[1]]), path)
    #expect(alone.layers[0] == shuffled.layers[1])
    #expect(MaskChange.shuffle.act(original, path) == shuffled)
    let other = MaskChange.shuffle.act(original, StreamPath(seed: 2) / "shuffle")
    for (one, two) in zip(shuffled.layers, other.layers) { #expect(one.kept != two.kept) }
  }

  @Test func wholeAndEmptyLayersStay() {
    let extreme = mask([60, 0, 40])
    #expect(MaskChange.shuffle.act(extreme, path) == extreme)
    let audit = MaskChange.shuffle.audit(of: extreme, to: extreme)
    #expect(audit == MaskResult.Change(changed: 0, expected: 0, countsKept: true))
  }

  @Test func theAuditSeesAShuffleThatDoesNothing() {
    // As published: the permuted mask is bound to a local name and the original goes on.
    let audit = MaskChange.shuffle.audit(of: original, to: original)
    let (mean, variance) = changes(of: original)
    #expect(audit.changed == 0 && audit.countsKept)
    #expect(mean - Double(audit.changed) > 5 * variance.squareRoot())
  }

  @Test func theAuditSeesCountsThatChange() {
    // The same total, moved between layers: a shuffle over the whole network.
    let audit = MaskChange.shuffle.audit(of: original, to: mask([31, 29, 5]))
    #expect(!audit.countsKept && audit.changed == 2)
    #expect(
      MaskChange.shuffle.audit(of: original, to: MaskChange.shuffle.act(original, path)).countsKept)
  }
}
