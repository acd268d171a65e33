package import Networks
package import Randomness
package import Recipes

extension Mask {
  /// The shuffle ablation: each layer's mask permuted, every layer's count kept.
  ///
  /// Reference: Frankle, Dziugaite, Roy & Carbin, ICLR 2021, section 5.
  ///
  /// - Parameter path: `path / name` draws the permutation of the tensor called `name`.
  package func shuffled(path: StreamPath) -> Mask {
    Mask(
      layers: layers.map { layer in
        var stream = RandomStream(path / layer.name)
        var kept = layer.kept
        stream.shuffle(&kept)
        return Layer(name: layer.name, shape: layer.shape, kept: kept)
      })
  }
}

extension MaskResult.Shuffle {
  /// How `shuffled` differs from `original`, beside what uniform permutations would change:
  /// an entry is kept before and pruned after, or the other way round, with probability
  /// 2·p·(1 − p), p the layer's density.
  package init(of original: Mask, to shuffled: Mask) {
    var (changed, expected, countsKept) = (0, 0.0, true)
    for (before, after) in zip(original.layers, shuffled.layers) {
      changed += zip(before.kept, after.kept).count { $0 != $1 }
      let (kept, size) = (Double(before.keptCount), Double(before.kept.count))
      expected += size == 0 ? 0 : 2 * kept * (size - kept) / size
      countsKept = countsKept && before.keptCount == after.keptCount
    }
    self.init(changed: changed, expected: expected, countsKept: countsKept)
  }
}
