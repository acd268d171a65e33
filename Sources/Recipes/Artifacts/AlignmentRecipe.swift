package import Randomness

/// The network in the role ``InputRole/end`` with its units relabelled by weight matching to come near the
/// one in ``InputRole/start``; a mask in the role ``InputRole/mask`` belongs to the end and is relabelled
/// too.
package struct AlignmentRecipe: Work {
  package static let kind = "alignment"
  // 2: what diverges has one encoding.
  package static let schema = 2

  /// Network and data.
  package let problem: Problem
  /// Steps after which the start's weights were kept.
  package let startIteration: Int
  /// Steps after which the end's were; the relabelled weights are kept under this number.
  package let endIteration: Int
  /// Coordinate ascents, of which the one that ends highest is kept.
  package let attempts: Int
  /// Draws orders of groups.
  package let stream: StreamPath
  /// Processor.
  package let device: DeviceKind

  /// An alignment's recipe.
  package init(
    problem: Problem, startIteration: Int, endIteration: Int, attempts: Int, stream: StreamPath,
    device: DeviceKind = .cpu
  ) {
    self.problem = problem
    self.startIteration = startIteration
    self.endIteration = endIteration
    self.attempts = attempts
    self.stream = stream
    self.device = device
  }

  package var reads: [Reading] {
    [
      .weights(InputRole.start, after: startIteration),
      .weights(InputRole.end, after: endIteration),
      .mask(),
    ]
  }

  /// Of one ascent some thirty assignments, each after products over both sides of a group.
  package var cost: Double {
    Double(attempts) * (Estimate.least + 200 * problem.sizes.prunable * Estimate.perWeight)
  }

  /// Both networks, the one that moves, one tensor's units in float64, and the widest group's products.
  package var memory: Double {
    let sizes = problem.sizes
    return 5 * 4 * sizes.weights + 16 * sizes.largestTensor
      + 5 * 8 * sizes.widestTensor * sizes.widestTensor
  }
}

/// What weight matching found.
package struct AlignmentResult: Hashable, Sendable, Codable {
  /// One group of units.
  package struct Group: Hashable, Sendable, Codable {
    /// Name of the first layer that gives the units.
    package let name: String
    /// Units.
    package let size: Int
    /// Units that have another place than before.
    package let moved: Int

    /// A group.
    package init(name: String, size: Int, moved: Int) {
      self.name = name
      self.size = size
      self.moved = moved
    }
  }

  /// Groups in network order.
  package let groups: [Group]
  /// Σ ⟨A, π(B)⟩ over parameters: as the networks were given, and after every step that gained.
  package let objectives: [Double]
  /// ‖A − B‖₂ over parameters before and after.
  package let distanceBefore, distanceAfter: Double

  /// What a matching found.
  package init(
    groups: [Group], objectives: [Double], distanceBefore: Double, distanceAfter: Double
  ) {
    self.groups = groups
    self.objectives = objectives
    self.distanceBefore = distanceBefore
    self.distanceAfter = distanceAfter
  }

  /// Units that moved, all groups together.
  package var moved: Int { groups.reduce(0) { $0 + $1.moved } }
  /// Units, all groups together.
  package var units: Int { groups.reduce(0) { $0 + $1.size } }
}
