/// A program's training done once more, in a process of its own and without a stop, to see whether it repeats itself:
/// the role ``InputRole/weights`` is the state that the first one came to.
package struct RepetitionRecipe: Work {
  package static let kind = "repetition"
  package static let schema = 1

  /// The training from a draw, under no mask.
  package let walk: WalkRecipe

  /// A repetition of `walk`.
  package init(of walk: WalkRecipe) { self.walk = walk }

  package var reads: [Reading] { [.weights(InputRole.weights, after: walk.end)] }
  package var dataset: DatasetSpecification? { walk.problem.dataset }
  package var command: CommandSpecification? { walk.problem.network.program?.command }
  package var cost: Double { Estimate.least + walk.cost(ofSteps: walk.end - walk.firstStep) }
  package var memory: Double { walk.memory }
}

/// How far apart two trainings by one program ended that should have been one: the `result` of a repetition's record.
package struct RepetitionResult: Hashable, Sendable, Codable {
  /// Numbers of all tensors, and those that have other bits.
  package let count, differing: Int
  /// Euclidean distance between the two networks.
  package let distance: Double

  /// What was found.
  package init(count: Int, differing: Int, distance: Double) {
    (self.count, self.differing, self.distance) = (count, differing, distance)
  }

  /// Whether both ended at the same bits.
  package var repeats: Bool { differing == 0 }
}
