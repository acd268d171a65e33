/// What a state's network does: the `result` of its record.
package struct StateResult: Hashable, Sendable, Codable {
  /// What the weights do.
  package struct Found: Hashable, Sendable, Codable {
    /// On the test split; which of its examples are right is in the file ``ArtifactFile/right``.
    package let test: Evaluation
    /// The classes that are given to the test split's examples.
    package let predicted: Predicted
    /// How far the weights moved from the walk's start.
    package let change: Change

    /// What the weights do.
    package init(test: Evaluation, predicted: Predicted, change: Change) {
      self.test = test
      self.predicted = predicted
      self.change = change
    }
  }

  /// Which classes a network gives the examples of a split.
  package struct Predicted: Hashable, Sendable, Codable {
    /// How many classes are given to any example; a network that gives one alone has collapsed.
    package let classes: Int
    /// Examples that are given the class that most are given.
    package let commonest: Int

    /// What is given.
    package init(classes: Int, commonest: Int) {
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

/// What is seen along a walk: the `result` of a trace's record.
package struct TraceResult: Hashable, Sendable, Codable {
  /// Validation after some steps.
  package struct Point: Hashable, Sendable, Codable {
    /// Optimizer steps done since initialization.
    package let iteration: Int
    /// Evaluation on the validation split.
    package let validation: Evaluation

    /// A point of the validation curve.
    package init(iteration: Int, validation: Evaluation) {
      self.iteration = iteration
      self.validation = validation
    }
  }

  /// The validation curve.
  package private(set) var curve: [Point]
  /// Evaluation on the test split at ``earlyStopping``; `nil` where the recipe does not ask for it.
  package private(set) var earlyStoppingTest: Evaluation?
  /// Where the walk ended before the trace's end; `nil` where it did not.
  package var diverged: Divergence?

  /// A trace of which nothing is seen yet, or these points.
  package init(curve: [Point] = [], earlyStoppingTest: Evaluation? = nil) {
    self.curve = curve
    self.earlyStoppingTest = earlyStoppingTest
  }

  /// The step of the lowest validation loss, the first where several tie; losses that are not finite do not
  /// compete.
  package var earlyStopping: Point? {
    curve.filter { $0.validation.loss != nil }
      .min { $0.validation.loss! < $1.validation.loss! }
  }

  /// Adds a point; `test` is asked where its loss is lower than any before.
  package mutating func append(_ point: Point, test: (() throws -> Evaluation)?) throws {
    let before = earlyStopping
    curve.append(point)
    if let test, earlyStopping != before { earlyStoppingTest = try test() }
  }
}

/// What a training came to, as reports read it: a walk's last state, and its trace where something was held out.
package struct TrainingResult: Hashable, Sendable {
  /// How a reinitialized start differs from the method's own, over the weights that the mask keeps.
  package struct Reinitialization: Hashable, Sendable {
    /// Kept weights of the layers that were drawn anew.
    package let differing: Int
    /// Kept weights.
    package let kept: Int

    /// An audit of a reinitialization.
    package init(differing: Int, kept: Int) {
      self.differing = differing
      self.kept = kept
    }

    /// The audit of `fresh` against the starts of `original`, both walks of one network, under a mask that keeps
    /// these counts of each layer: every layer's values must differ.
    ///
    /// Reference: Frankle, Dziugaite, Roy & Carbin, ICLR 2021, section 5.
    package init(of original: StateResult, to fresh: StateResult, kept counts: [Int]) {
      precondition(
        counts.count == fresh.start.count && counts.count == original.start.count,
        "\(counts.count) layers' counts for starts of \(original.start.count) and \(fresh.start.count)"
      )
      let pairs = zip(counts, zip(original.start, fresh.start))
      self.init(
        differing: pairs.reduce(0) { $0 + ($1.1.0 == $1.1.1 ? 0 : $1.0) },
        kept: counts.reduce(0, +))
    }
  }

  /// The last state.
  package let state: StateResult
  /// What was seen on the way; `nil` where nothing was held out.
  package let trace: TraceResult?
  /// Audit of the reinitialize ablation.
  package let reinitialization: Reinitialization?

  /// A training's result.
  package init(
    state: StateResult, trace: TraceResult?, reinitialization: Reinitialization? = nil
  ) {
    self.state = state
    self.trace = trace
    self.reinitialization = reinitialization
  }

  /// The end of the training.
  package var outcome: Outcome<StateResult.Found> { state.outcome }
  /// Optimizer steps done from the walk's start.
  package var steps: Int { state.steps }
  /// The validation curve.
  package var curve: [TraceResult.Point] { trace?.curve ?? [] }
  /// The step of the lowest validation loss.
  package var earlyStopping: TraceResult.Point? { trace?.earlyStopping }
  /// Evaluation on the test split there; `nil` too where the trace does not have it.
  package var earlyStoppingTest: Evaluation? { trace?.earlyStoppingTest }
  /// Weights that the mask prunes and that are exactly zero after the last step.
  package var prunedWeightsAtZero: Int { state.prunedWeightsAtZero }
  /// Weights that the mask prunes.
  package var prunedWeights: Int { state.prunedWeights }
  /// Evaluation of the last step's weights on the test split; of a diverged run `nil`.
  package var test: Evaluation? { outcome.found?.test }
  /// The same on the validation split; `nil` too where nothing was held out.
  package var validation: Evaluation? {
    outcome.found == nil ? nil : trace?.curve.last?.validation
  }
  /// From the first weights to the last.
  package var change: StateResult.Change? { outcome.found?.change }
}
