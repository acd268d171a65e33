package import Networks
package import Recipes
package import Tensors

/// Ranks the weights that are left by their scores and keeps an exact number.
package struct Ranking {
  /// Which weights a ranking keeps.
  package indirect enum Quota {
    /// `density` of all rankable weights, or of each layer's, by the scope.
    case density(Density, Scope)
    /// This many of all rankable weights together.
    case total(Int)
    /// This many of each layer, by the layer's name.
    case perLayer([String: Int])
    /// This many of each row of a layer, the weights of one output, by the layer's name.
    case perRow([String: Int])
    /// This many of each named layer, ranked by itself, and `rest` for the others.
    case apart([String: Int], rest: Quota)
  }

  /// A layer as a ranking sees it.
  package struct Layer {
    /// Name of the weight tensor.
    let name: String
    /// Its shape.
    let shape: [Int]
    /// Its scores, never NaN: of its shape, or of what is left of it alone.
    let scores: Tensor
    /// What is left of it, where there are scores of all of it.
    let kept: [UInt8]?
    /// How many of its weights are left.
    let left: Int

    /// A layer of which all weights have scores.
    package init(_ layer: Mask.Layer, scores: Tensor) {
      (name, shape, kept, left) = (layer.name, layer.shape, layer.kept, layer.keptCount)
      self.scores = scores
    }

    /// A layer of which what is left alone has scores.
    package init(name: String, shape: [Int], scoresOfLeft scores: Tensor) {
      (self.name, self.shape, self.scores) = (name, shape, scores)
      (kept, left) = (nil, scores.count)
    }

    /// Number of weights, pruned ones included.
    var size: Int { shape.reduce(1, *) }
    /// Number of weights of one output.
    var rowSize: Int { shape.dropFirst().reduce(1, *) }
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

  /// Decides what `quota` keeps of what is left of `layers`.
  ///
  /// Ties go to the lower index. A quota beyond what is left keeps all of it: pruned weights never come
  /// back.
  package func decide(_ layers: [Layer], quota: Quota) throws -> Decision {
    let positions = layers.indices.filter { !excluded.contains(layers[$0].name) }
    var decision = Decision()
    for (position, count) in rowCounts(of: positions, in: layers, quota: quota) {
      try decideRows(layers[position], at: position, keeping: count, into: &decision)
    }
    for (positions, count) in groups(of: positions, in: layers, quota: quota) {
      try decide(layers, positions, keeping: count, into: &decision)
    }
    return decision
  }

  /// The layers whose rows are ranked by themselves, by position, and how many weights of each row are kept.
  private func rowCounts(of positions: [Int], in layers: [Layer], quota: Quota) -> [(Int, Int)] {
    switch quota {
    case .perRow(let counts): positions.map { ($0, counts[layers[$0].name] ?? 0) }
    case .density(let density, .row): positions.map { ($0, density.kept(of: layers[$0].rowSize)) }
    case .apart(let own, let rest):
      rowCounts(of: positions.filter { own[layers[$0].name] == nil }, in: layers, quota: rest)
    case .density, .total, .perLayer: []
    }
  }

  /// The layers that are ranked together, by position, and how many weights of them are kept.
  private func groups(of positions: [Int], in layers: [Layer], quota: Quota) -> [([Int], Int)] {
    let group = positions.map { layers[$0] }
    switch quota {
    case .perRow, .density(_, .row): return []
    case .total(let count): return [(positions, count)]
    case .density(let density, .global):
      return [(positions, density.kept(of: group.reduce(0) { $0 + $1.size }))]
    case .density(let density, let scope):
      let counts = LayerAllocation(scope, shapes: group.map(\.shape)).counts(of: density.kept(of:))
      return zip(positions, counts).map { ([$0], $1) }
    case .perLayer(let counts):
      return positions.map { ([$0], counts[layers[$0].name] ?? 0) }
    case .apart(let counts, let rest):
      let own = positions.compactMap { position in
        counts[layers[position].name].map { ([position], $0) }
      }
      let others = positions.filter { counts[layers[$0].name] == nil }
      return own + (others.isEmpty ? [] : groups(of: others, in: layers, quota: rest))
    }
  }

  /// Decides for one group.
  private func decide(
    _ layers: [Layer], _ positions: [Int], keeping count: Int, into decision: inout Decision
  ) throws {
    // Single precision while every score of a group has it: half the memory.
    let isSingle = try positions.allSatisfy { try layers[$0].scores.type == .float32 }
    let scores = try positions.map {
      try RankedScores(
        try layers[$0].scores.converted(to: isSingle ? .float32 : .float64),
        where: layers[$0].kept, lowestFirst: keepsLowest)
    }
    func cut(_ threshold: UInt64, equalLeft: Int64) {
      decision.cuts.append(
        Cut(
          positions: positions, scores: scores,
          bar: RankedScores.Bar(threshold, equalLeft: equalLeft, lowestFirst: keepsLowest)))
    }
    let left = positions.reduce(0) { $0 + layers[$1].left }
    guard count >= 1, count < left else {
      decision.zeroScores += try RankedScores.gather(scores, leading: 0...0, capacity: 0).zeros
      // No number has this key.
      if count < left { cut(.max, equalLeft: 0) }
      return
    }
    let found = try OrderedSelection.threshold(of: scores, count: left, rank: count)
    decision.zeroScores += found.zeros
    decision.ties += found.threshold.equal
    let equalLeft = count - found.threshold.above
    cut(
      found.threshold.key,
      equalLeft: equalLeft == found.threshold.equal ? .max : Int64(equalLeft))
  }
}
