/// The network after `step` steps since initialization.
package struct StateRecipe: WalkPart {
  package static let kind = "state"
  package static let schema = 1

  /// How it came to be.
  package let walk: WalkRecipe
  /// Optimizer steps since initialization, those before ``WalkRecipe/firstStep`` among them.
  package let step: Int

  /// A state's recipe.
  package init(walk: WalkRecipe, step: Int) {
    self.walk = walk
    self.step = step
  }

  package var position: Int { step }

  /// The whole way, and an evaluation; where an earlier state is asked for, less.
  package var cost: Double {
    Estimate.least + walk.cost(ofSteps: step - walk.firstStep)
      + walk.problem.cost(ofEvaluating: walk.problem.dataset.source.testCount)
  }
}

/// What a state's network does: the `result` of its record.
package struct StateResult: Hashable, Sendable, Codable {
  /// What the weights do.
  package struct Found: Hashable, Sendable, Codable {
    /// On the test split; which of its examples are right is in the file ``ArtifactFile/right``.
    package let test: Evaluation
    /// The classes that are given to the test split's examples; `nil` of networks that do not classify.
    package let predicted: Predicted?
    /// How far the weights moved from the walk's start.
    package let change: Change

    /// What the weights do.
    package init(test: Evaluation, predicted: Predicted?, change: Change) {
      self.test = test
      self.predicted = predicted
      self.change = change
    }
  }

  /// Which classes a network gives the examples of a split.
  package struct Predicted: Hashable, Sendable, Codable {
    /// How many classes are given to any example; a network that gives one alone has collapsed.
    package let classes: Int
    /// Examples that are given the class that most are given; `nil` where a program does not tell.
    package let commonest: Int?

    /// What is given.
    package init(classes: Int, commonest: Int?) {
      self.classes = classes
      self.commonest = commonest
    }
  }

  /// How far the weights moved, over the prunable weights that the mask keeps.
  package struct Change: Hashable, Sendable, Codable {
    /// Kept weights that are positive at one end and negative at the other.
    package let signChanges: Int
    /// Kept weights.
    package let kept: Int
    /// Euclidean distance.
    package let distance: Double

    /// A change.
    package init(signChanges: Int, kept: Int, distance: Double) {
      self.signChanges = signChanges
      self.kept = kept
      self.distance = distance
    }
  }

  /// What there is after the walk's steps, unless it diverged before.
  package let outcome: Outcome<Found>
  /// Optimizer steps done from the walk's start.
  package let steps: Int
  /// Weights that the mask prunes and that are exactly zero after the last step; all of them must be.
  package let prunedWeightsAtZero: Int
  /// Weights that the mask prunes.
  package let prunedWeights: Int
  /// What the walk started with: of each prunable tensor's values, before the mask, the SHA-256.
  package let start: [String]

  /// A state's result.
  package init(
    outcome: Outcome<Found>, steps: Int, prunedWeightsAtZero: Int, prunedWeights: Int,
    start: [String]
  ) {
    self.outcome = outcome
    self.steps = steps
    self.prunedWeightsAtZero = prunedWeightsAtZero
    self.prunedWeights = prunedWeights
    self.start = start
  }
}
