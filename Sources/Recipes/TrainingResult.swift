/// What a training came to, as reports read it: a walk's last state, and its trace where something was held out.
package struct TrainingResult: Hashable, Sendable {
  /// How a reinitialized start differs from the method's own, over the weights that the mask keeps.
  package struct Reinitialization: Hashable, Sendable {
    /// Kept weights of the layers that were drawn anew.
    package let differing: Int
    /// Kept weights.
    package let kept: Int

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
      differing = pairs.reduce(0) { $0 + ($1.1.0 == $1.1.1 ? 0 : $1.0) }
      kept = counts.reduce(0, +)
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
