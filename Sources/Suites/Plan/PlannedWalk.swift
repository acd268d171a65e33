import Foundation
package import Laboratory
import Recipes

/// A walk of a plan: whoever needs something of it says so in a line.
struct PlannedWalk {
  /// How weights move.
  let recipe: WalkRecipe
  /// The mask, and where the walk starts.
  let inputs: [String: Key]
  /// What is trained, for people.
  let words: String
  /// What all artifacts of the walk share.
  let id: Key
  /// Where its schedule ends.
  let end: Int

  /// A walk; `encoded` are its recipe's canonical bytes, where they are known.
  init(_ recipe: WalkRecipe, encoded: Data? = nil, inputs: [String: Key], words: String) throws {
    self.recipe = recipe
    self.inputs = inputs
    self.words = words
    id = Walk.id(recipe: try encoded ?? CanonicalJSON.encode(recipe), inputs: inputs)
    end = recipe.end
  }

  /// The state after `step` steps, the last by default.
  func state(after step: Int? = nil, in builder: inout PlanBuilder) throws -> Key {
    try builder.addState(of: self, after: step ?? end)
  }

  /// What is seen of the whole walk each `every`; `nil` where nothing is held out.
  func trace(every: Step, splits: Set<Split>, in builder: inout PlanBuilder) throws -> Key? {
    let dataset = recipe.problem.dataset
    guard dataset.validation > 0 else { return nil }
    let steps = every.iterations(
      perEpoch: dataset.stepsPerEpoch(batchSize: recipe.training.batchSize))
    let trace = TraceRecipe(
      walk: recipe, end: end, every: max(1, steps), splits: splits.union([.validation]))
    return try builder.add(
      trace, inputs: inputs, label: "validation \(words)",
      walk: Walk(id: id, position: end))
  }

  /// All that a report reads of a training.
  ///
  /// - Parameters:
  ///   - splits: what the trace sees beside the validation split.
  ///   - original: the training that a reinitialized one stands against.
  func training(
    every: Step, splits: Set<Split> = [], against original: TrainingArtifacts? = nil,
    in builder: inout PlanBuilder
  ) throws -> TrainingArtifacts {
    TrainingArtifacts(
      state: try state(in: &builder),
      trace: try trace(every: every, splits: splits, in: &builder), original: original?.state)
  }
}

/// The artifacts that a ``TrainingResult`` is read from.
package struct TrainingArtifacts: Hashable, Sendable {
  /// The last state.
  package let state: Key
  /// What was seen on the way; `nil` where nothing is held out.
  package let trace: Key?
  /// The last state of what a reinitialized training stands against.
  package let original: Key?
}

extension [Artifact] {
  /// Trainings among them: walks that are gone at least in part.
  package var trainings: Int { Set(compactMap(\.walk?.id)).count }
}
