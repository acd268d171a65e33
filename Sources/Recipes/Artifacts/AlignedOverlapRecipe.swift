package import Randomness

/// How many weights two masks of different networks both keep once the units of the second are relabelled to come near
/// those of the first.
///
/// Units are matched on what the masks leave of both networks' weights before pruning, so that the matching sees which
/// weights are kept: the network in the role ``InputRole/start`` under the mask in ``InputRole/startMask``, that in
/// ``InputRole/end`` under ``InputRole/endMask``. Units keep their places from initialization on, so that a mask that was
/// found early belongs to the trained weights of its network too. The matching looks for agreement and finds some between
/// any two masks: what it finds stands beside controls, in each of which the second mask is shuffled within its layers
/// first and all the rest done alike.
///
/// References: those of `WeightMatching`; the shuffle is that of Frankle, Dziugaite, Roy & Carbin, ICLR 2021, section 5.
package struct AlignedOverlapRecipe: Work {
  package static let kind = "aligned-overlap"
  package static let schema = 1

  /// Network and data.
  package let problem: Problem
  /// Weights of the first network; a checkpoint's are those of the state in the role ``InputRole/start``.
  package let start: WeightsSource
  /// Weights of the second; a checkpoint's are those of the state in the role ``InputRole/end``.
  package let end: WeightsSource
  /// Coordinate ascents, of which the one that ends highest is kept.
  package let attempts: Int
  /// Controls.
  package let draws: Int
  /// Draws orders of groups, and the controls' shuffles.
  package let stream: StreamPath

  /// A recipe for the overlap of aligned masks.
  package init(
    problem: Problem, start: WeightsSource, end: WeightsSource, attempts: Int, draws: Int,
    stream: StreamPath
  ) {
    self.problem = problem
    self.start = start
    self.end = end
    self.attempts = attempts
    self.draws = draws
    self.stream = stream
  }

  package var reads: [Reading] {
    [(InputRole.start, start), (InputRole.end, end)].flatMap { role, source -> [Reading] in
      guard case .checkpoint(let iteration) = source else { return [] }
      return [.weights(role, after: iteration)]
    } + [InputRole.startMask, InputRole.endMask].map { Reading($0, files: [ArtifactFile.mask]) }
  }

  /// A matching for each mask.
  package var cost: Double {
    Estimate.least
      + Double((1 + draws) * attempts) * 200 * problem.sizes.prunable * Estimate.perWeight
  }

  /// Both networks, both under their masks, the one that moves, one tensor's units in float64, and the widest group's
  /// products.
  package var memory: Double {
    let sizes = problem.sizes
    return 7 * 4 * sizes.weights + 16 * sizes.largestTensor
      + 5 * 8 * sizes.widestTensor * sizes.widestTensor
  }
}

/// What ``AlignedOverlapRecipe`` counts.
package struct AlignedOverlap: Hashable, Sendable, Codable {
  /// The first mask and the second one with its units relabelled.
  package let found: MaskOverlap
  /// The same of each control: weights of every layer that both masks keep.
  package let controls: [[Int]]
  /// Units that moved, of how many.
  package let moved, units: Int

  /// Overlaps of aligned masks.
  package init(found: MaskOverlap, controls: [[Int]], moved: Int, units: Int) {
    self.found = found
    self.controls = controls
    self.moved = moved
    self.units = units
  }
}
