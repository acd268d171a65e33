package import Laboratory
package import Recipes

/// A walk of a plan: whoever needs something of it says so in a line.
package struct PlannedWalk {
  /// What it shares with other walks.
  let form: WalkForm
  /// The mask, and where the walk starts.
  package let inputs: [String: Key]
  /// What is trained, for people.
  package let words: String
  /// What all artifacts of the walk share.
  let id: Key

  /// A walk of its own.
  package init(_ recipe: WalkRecipe, inputs: [String: Key], words: String) throws {
    self.init(try WalkForm(recipe), inputs: inputs, words: words)
  }

  /// A walk among others.
  init(_ form: WalkForm, inputs: [String: Key], words: String) {
    self.form = form
    self.inputs = inputs
    self.words = words
    id = form.beginning.key(inputs: inputs)
  }

  /// How weights move.
  package var recipe: WalkRecipe { form.recipe }
  /// Where its schedule ends.
  package var end: Int { form.end }

  /// The state after `step` steps, the last by default.
  package func state(after step: Int? = nil, in builder: inout PlanBuilder) throws -> Key {
    try builder.addState(of: self, after: step ?? end)
  }

  /// What is seen of the whole walk each `every`; `nil` where nothing is held out.
  func trace(every: Step, splits: Set<Split>, in builder: inout PlanBuilder) throws -> Key? {
    let dataset = recipe.problem.dataset
    guard dataset.validation > 0 else { return nil }
    let steps = every.iterations(
      perEpoch: dataset.stepsPerEpoch(batchSize: recipe.training.batchSize))
    return try builder.add(
      try form.trace(every: max(1, steps), splits: splits.union([.validation])), inputs: inputs,
      label: "validation \(words)", walk: Walk(id: id, position: end))
  }

  /// All that a report reads of a training.
  ///
  /// - Parameters:
  ///   - splits: what the trace sees beside the validation split.
  ///   - original: the training that a reinitialized one stands against.
  package func training(
    every: Step, splits: Set<Split> = [], against original: TrainingArtifacts? = nil,
    in builder: inout PlanBuilder
  ) throws -> TrainingArtifacts {
    TrainingArtifacts(
      state: try state(in: &builder),
      trace: try trace(every: every, splits: splits, in: &builder), original: original?.state)
  }
}

/// The artifacts that a `TrainingResult` is read from.
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
