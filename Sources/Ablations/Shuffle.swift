import Networks
import Randomness
import Recipes

extension MaskChange {
  /// The shuffle ablation: each layer's mask permuted, every layer's count kept; `path / name` draws the permutation of the
  /// tensor called `name`.
  ///
  /// Uniform permutations change `2·kept·(size − kept)/size` entries of a layer on average: an entry is kept before and
  /// pruned after, or the other way round, with probability 2·p·(1 − p), p the layer's density.
  /// Reference: Frankle, Dziugaite, Roy & Carbin, ICLR 2021, section 5.
  package static let shuffle = MaskChange(
    .shuffle,
    expected: { layer in
      let (kept, size) = (Double(layer.keptCount), Double(layer.kept.count))
      return size == 0 ? 0 : 2 * kept * (size - kept) / size
    }
  ) { mask, path in
    Mask(
      layers: mask.layers.map { layer in
        var stream = RandomStream(path / layer.name)
        var kept = layer.kept
        stream.shuffle(&kept)
        return Mask.Layer(name: layer.name, shape: layer.shape, kept: kept)
      })
  }
}
