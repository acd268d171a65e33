package import Networks
package import Tensors

extension Ranking {
  /// What is pruned of layers that were ranked together.
  package struct Cut {
    /// The layers, in order.
    package let positions: [Int]
    /// The scores that were ranked.
    let scores: [RankedScores]
    /// Which of them stay.
    package let bar: RankedScores.Bar
  }

  /// What a ranking decided, of use while the scores that were ranked are there.
  package struct Decision {
    /// One for every group that loses weights.
    package internal(set) var cuts: [Cut] = []
    /// What is kept of layers whose rows were ranked by themselves, by their position.
    package internal(set) var rows: [Int: [UInt8]] = [:]
    /// Scores of rankable weights that are exactly zero.
    package internal(set) var zeroScores = 0
    /// Weights whose score equals the last kept one's, all groups together.
    package internal(set) var ties = 0

    /// The sum of the scores of what is pruned.
    ///
    /// Where the highest scores are kept, and pruned weights count as zero, this is the sum of the N − k
    /// lowest scores: the prune size of Tanaka et al. (NeurIPS 2020, section 6).
    package func prunedTotal() throws -> Double {
      try cuts.reduce(0) { total, cut in
        var bar = cut.bar
        return try cut.scores.reduce(total) { try $0 + $1.sum(beyond: &bar) }
      }
    }
  }
}

extension Mask {
  /// What a decision about scores of all weights leaves of this mask.
  package func pruned(by decision: Ranking.Decision) throws -> Mask {
    var kept = layers.map(\.kept)
    for cut in decision.cuts {
      var bar = cut.bar
      for (position, scores) in zip(cut.positions, cut.scores) {
        try scores.keep(in: &kept[position], from: &bar)
      }
    }
    for (position, rows) in decision.rows { kept[position] = rows }
    return Mask(layers: zip(layers, kept).map { Layer(name: $0.name, shape: $0.shape, kept: $1) })
  }
}

extension Scores {
  /// Scores of all weights as a ranking sees them where `mask` tells what is left.
  package func ranked(within mask: Mask) -> [Ranking.Layer] {
    zip(layers, mask.layers).map {
      Ranking.Layer($1, scores: $0.scores)
    }
  }
}
