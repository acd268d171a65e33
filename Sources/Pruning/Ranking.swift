package import Networks
package import Recipes
import Tensors

/// Turns scores into a mask: ranks the weights that are still kept and keeps an exact number.
package struct Ranking {
  /// Which weights a ranking keeps.
  package indirect enum Quota {
    /// `density` of all rankable weights, or of each layer's, by the scope.
    case density(Density, Scope)
    /// This many of all rankable weights together.
    case total(Int)
    /// This many of each layer, by the layer's name.
    case perLayer([String: Int])
    /// This many of each named layer, ranked by itself, and `rest` for the others.
    case apart([String: Int], rest: Quota)
  }

  /// What a ranking met, beside the mask.
  package struct Outcome {
    /// The mask.
    package let mask: Mask
    /// Scores of rankable weights that are exactly zero.
    package let zeroScores: Int
    /// Weights whose score equals the last kept one's, all rankings together.
    package let ties: Int
  }

  /// Tensors left whole.
  package let excluded: Set<String>
  /// Whether the lowest scores are kept instead of the highest.
  package let keepsLowest: Bool

  /// A ranking that leaves `excluded` whole.
  package init(excluding excluded: [String], keepsLowest: Bool) {
    self.excluded = Set(excluded)
    self.keepsLowest = keepsLowest
  }

  /// Keeps by `quota` among the weights that `mask` keeps.
  ///
  /// Ties go to the lower index. A quota beyond what `mask` keeps keeps all of it: pruned weights never
  /// come back.
  package func select(_ scores: Scores, within mask: Mask, quota: Quota) throws -> Outcome {
    let positions = mask.layers.indices.filter { !excluded.contains(mask.layers[$0].name) }
    return try select(scores, mask, groups: groups(of: positions, in: mask, quota: quota))
  }

  /// The layers that are ranked together, by position, and how many weights of them are kept.
  private func groups(of positions: [Int], in mask: Mask, quota: Quota) -> [([Int], Int)] {
    let layers = positions.map { mask.layers[$0] }
    switch quota {
    case .total(let count): return [(positions, count)]
    case .density(let density, .global):
      return [(positions, density.kept(of: layers.reduce(0) { $0 + $1.kept.count }))]
    case .density(let density, let scope):
      let counts = LayerAllocation(scope, shapes: layers.map(\.shape)).counts(of: density.kept(of:))
      return zip(positions, counts).map { ([$0], $1) }
    case .perLayer(let counts):
      return positions.map { ([$0], counts[mask.layers[$0].name] ?? 0) }
    case .apart(let counts, let rest):
      let own = positions.compactMap { position in
        counts[mask.layers[position].name].map { ([position], $0) }
      }
      let others = positions.filter { counts[mask.layers[$0].name] == nil }
      return own + (others.isEmpty ? [] : groups(of: others, in: mask, quota: rest))
    }
  }

  private func select(_ scores: Scores, _ mask: Mask, groups: [([Int], Int)]) throws -> Outcome {
    var kept = mask.layers.map(\.kept)
    var (zeroScores, ties) = (0, 0)
    for (positions, count) in groups {
      let tensors = positions.map { scores.layers[$0].scores }
      // Single precision while every score of a group has it: half the memory.
      let type = try tensors.allSatisfy { try $0.type == .float32 } ? ElementType.float32 : .float64
      let ranked = try tensors.map {
        try RankedScores($0.converted(to: type), lowestFirst: keepsLowest)
      }
      let part = try keep(count, of: ranked, positions, &kept)
      zeroScores += part.zeroScores
      ties += part.ties
    }
    let layers = zip(mask.layers, kept).map {
      Mask.Layer(name: $0.name, shape: $0.shape, kept: $1)
    }
    return Outcome(mask: Mask(layers: layers), zeroScores: zeroScores, ties: ties)
  }

  /// Keeps `count` of one group in place; `kept` holds the mask before and after.
  ///
  /// Three passes over scores and mask where they lie: a histogram of the keys' leading digit, the few
  /// keys that share the threshold's, and the mask.
  private func keep(
    _ count: Int, of scores: [RankedScores], _ positions: [Int], _ kept: inout [[UInt8]]
  ) throws -> (zeroScores: Int, ties: Int) {
    var histogram = [Int64](repeating: 0, count: RankedScores.leadings)
    var zeroScores = 0
    for (layer, position) in zip(scores, positions) {
      zeroScores += try layer.count(where: kept[position], into: &histogram)
    }
    guard count < histogram.reduce(0, +) else { return (zeroScores, 0) }
    guard count > 0 else {
      for position in positions { kept[position] = kept[position].map { _ in 0 } }
      return (zeroScores, 0)
    }
    let bucket = OrderedSelection.bucket(holding: count, in: histogram)
    // One place more than candidates: every key is written, and overwritten unless it is one.
    let candidates = try [UInt64](unsafeUninitializedCapacity: bucket.size + 1) {
      candidates, filled in
      for (layer, position) in zip(scores, positions) {
        try layer.gather(
          where: kept[position], leading: bucket.index, into: candidates, filled: &filled)
      }
    }
    let threshold = OrderedSelection.threshold(candidates, rank: count - bucket.above)
    var equalLeft = Int64(count - bucket.above - threshold.above)
    for (layer, position) in zip(scores, positions) {
      try layer.keep(in: &kept[position], from: threshold.key, equalLeft: &equalLeft)
    }
    return (zeroScores, threshold.equal)
  }
}
