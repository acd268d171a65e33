import Ablations
import Connectivity
package import Laboratory
import Networks
import Randomness
package import Recipes

extension AlignedOverlapRecipe: SoloAct {
  /// Aligns what the second mask leaves to what the first one leaves, then shuffled masks in its place; where the
  /// training of a network diverged there is nothing to align.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> Outcome<AlignedOverlap>
  {
    let network = Network(problem)
    let ends = [(InputRole.start, start), (InputRole.end, end)]
    let trained = ends.filter { if case .checkpoint = $0.1 { true } else { false } }.map(\.0)
    if let divergence = try assignment.divergence(of: trained) { return .diverged(divergence) }
    let weights = try ends.map { try assignment.weights(from: $1, in: $0, for: network) }
    let masks = try [InputRole.startMask, InputRole.endMask].map {
      try assignment.mask(in: $0, for: network)
    }
    let target = try weights[0].masked(by: masks[0])
    func aligned(_ mask: Mask, _ name: String) throws -> (MaskOverlap, WeightMatching) {
      let matching = try WeightMatching(
        network, of: weights[1].masked(by: mask), to: target, attempts: attempts,
        stream: stream / name)
      let moved = mask.permuted(by: matching.permutations, matching.symmetry, in: network)
      return (MaskOverlap(of: masks[0], and: moved), matching)
    }
    let (found, matching) = try aligned(masks[1], "mask")
    let controls = try (0..<draws).map { number in
      let name = "control \(number + 1)"
      let shuffled = MaskChange.shuffle.act(masks[1], stream / name / "shuffle")
      assignment.report((Double(number) + 1) / Double(draws + 1))
      return try aligned(shuffled, name).0.layers.map(\.both)
    }
    return .found(
      AlignedOverlap(
        found: found, controls: controls, moved: matching.moved.reduce(0, +),
        units: matching.symmetry.groups.reduce(0) { $0 + $1.size }))
  }
}

extension MaskOverlap {
  /// Counts what both masks keep.
  init(of first: Mask, and second: Mask) {
    self.init(
      layers: zip(first.layers, second.layers).map { one, other in
        var both = 0
        for (mine, theirs) in zip(one.kept, other.kept) { both += Int(mine & theirs) }
        return Layer(
          name: one.name, size: one.kept.count, first: one.keptCount, second: other.keptCount,
          both: both)
      })
  }
}

extension Assignment {
  /// The weights that `source` names, a checkpoint's in `role`.
  fileprivate func weights(from source: WeightsSource, in role: String, for network: Network) throws
    -> Weights
  {
    switch source {
    case .initialization(let recipe): try Weights(initializing: network, with: recipe)
    case .checkpoint(let iteration): try weights(after: iteration, of: role, for: network)
    }
  }
}
