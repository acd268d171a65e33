import Foundation
package import Networks
package import Recipes

/// Prunes in iterations, scores computed anew in each on what is left; masks are nested.
package struct IterativePruning {
  /// Schedule of densities.
  package let schedule: PruningSchedule
  /// Density after the last iteration.
  package let density: Density
  /// Where scores are ranked.
  package let scope: Scope
  /// Tensors left whole.
  package let excluded: [String]
  /// Densities of tensors that are ranked by themselves, whatever the scope.
  package let ownDensities: [String: Density]

  /// An iterative pruning.
  package init(
    schedule: PruningSchedule, density: Density, scope: Scope, excluded: [String],
    ownDensities: [String: Density] = [:]
  ) {
    self.schedule = schedule
    self.density = density
    self.scope = scope
    self.excluded = excluded
    self.ownDensities = ownDensities
  }

  /// Which weights every iteration keeps.
  package enum Keeping {
    /// The highest scores, by the schedule.
    case highest
    /// The lowest scores, by the schedule.
    case lowest
    /// The lowest scores, these counts per layer (in network order) after each iteration.
    case lowestWithinLayers([[Int]])
  }

  /// Runs all iterations from `mask`.
  ///
  /// - Parameters:
  ///   - mask: where pruning starts; all weights kept, usually.
  ///   - keeping: which end of the ranking survives.
  ///   - progress: called with the fraction done.
  ///   - score: scores under a mask; gets the iteration 1, 2, ….
  package func run(
    from mask: Mask, keeping: Keeping, progress: (Double) -> Void = { _ in },
    score: @escaping (Mask, Int) throws -> Scores
  ) throws -> (mask: Mask, ranking: MaskResult.Ranking) {
    let subject = MaskedSubject(mask, score: score)
    let ranking = try run(subject, keeping: keeping, progress: progress)
    return (subject.mask, ranking)
  }

  /// Runs all iterations on `subject`.
  ///
  /// - Parameters:
  ///   - subject: what is pruned, from where it stands.
  ///   - keeping: which end of the ranking survives.
  ///   - progress: called with the fraction done.
  ///   - decided: called with what each iteration is about to prune.
  package func run(
    _ subject: any PruningSubject, keeping: Keeping, progress: (Double) -> Void = { _ in },
    decided: (Ranking.Decision) throws -> Void = { _ in }
  ) throws -> MaskResult.Ranking {
    let names = subject.names
    let named = excluded + ownDensities.keys.sorted()
    if let unknown = named.first(where: { !names.contains($0) }) {
      throw PruningError.unknownExclusion(tensor: unknown, known: names)
    }
    var counts: [[Int]] = []
    var (zeroScores, ties) = (0, 0)
    for iteration in 1...schedule.iterations {
      let scores = try subject.scores(in: iteration)
      let decision: Ranking.Decision
      switch keeping {
      case .highest, .lowest:
        var lowest = false
        if case .lowest = keeping { lowest = true }
        decision = try Ranking(excluding: excluded, keepsLowest: lowest)
          .decide(scores, quota: quota(after: iteration, of: scores))
      case .lowestWithinLayers(let counts):
        decision = try Ranking(excluding: excluded, keepsLowest: true).decide(
          scores,
          quota: .perLayer(
            Dictionary(uniqueKeysWithValues: zip(names, counts[iteration - 1]))))
      }
      try decided(decision)
      try subject.drop(decision)
      counts.append(try subject.keptCounts)
      (zeroScores, ties) = (decision.zeroScores, decision.ties)
      progress(Double(iteration) / Double(schedule.iterations))
    }
    return MaskResult.Ranking(iterations: counts, zeroScores: zeroScores, ties: ties)
  }

  /// Every iteration keeps `N − ⌊(1 − dₖ)·N⌋`: linear densities and the last one are exact, those of
  /// exponential schedules before it are irrational and computed in float64.
  private func quota(after iteration: Int, of layers: [Ranking.Layer]) -> Ranking.Quota {
    guard !ownDensities.isEmpty else { return sharedQuota(after: iteration, of: layers) }
    let own = layers.compactMap { layer in
      ownDensities[layer.name].map { (layer.name, kept(of: layer.size, after: iteration, at: $0)) }
    }
    return .apart(
      Dictionary(uniqueKeysWithValues: own), rest: sharedQuota(after: iteration, of: layers))
  }

  /// The quota of tensors without a density of their own.
  private func sharedQuota(after iteration: Int, of layers: [Ranking.Layer]) -> Ranking.Quota {
    if scope == .row {
      return .perRow(
        Dictionary(
          uniqueKeysWithValues: layers.map {
            ($0.name, self.kept(of: $0.rowSize, after: iteration, at: density))
          }))
    }
    guard iteration < schedule.iterations else { return .density(density, scope) }
    func kept(_ size: Int) -> Int { self.kept(of: size, after: iteration, at: density) }
    let rankable = layers.filter {
      !excluded.contains($0.name) && ownDensities[$0.name] == nil
    }
    switch scope {
    case .global: return .total(kept(rankable.reduce(0) { $0 + $1.size }))
    case .row: preconditionFailure("rows have a quota of their own")
    case .layerwise, .erdosRenyi, .erdosRenyiKernel:
      let counts = LayerAllocation(scope, shapes: rankable.map(\.shape)).counts(of: kept)
      return .perLayer(Dictionary(uniqueKeysWithValues: zip(rankable.map(\.name), counts)))
    }
  }

  private func kept(of size: Int, after iteration: Int, at density: Density) -> Int {
    guard iteration < schedule.iterations else { return density.kept(of: size) }
    switch schedule {
    case .oneShot: return density.kept(of: size)
    case .linear(let iterations):
      // ⌊(1 − d)·k·size / n⌋, the density's own rounding divided once more.
      let all = iteration * size
      return size - (all - density.kept(of: all)) / iterations
    case .exponential(let iterations):
      let fraction = pow(density.value, Double(iteration) / Double(iterations))
      return size - Int(((1 - fraction) * Double(size)).rounded(.down))
    }
  }
}
