package import Recipes
package import Suites

/// One run of an ablation suite as the report reads it: a row of `records.csv`.
package struct RunRecord: Hashable, Sendable {
  /// The method's name; `Method.dense` for the network before pruning.
  package var method = ""
  /// Names of the ablations joined by ` + `; `none` for the method itself.
  package var ablation = ""
  /// Fraction kept.
  package var density = Density.one
  /// Number of the replicate, from 1.
  package var replicate = 1
  /// Accuracy in percent after the last step; `nil` for a run that diverged.
  package var accuracy: Double?
  /// Everything that a table of bare accuracies lacks.
  package var details = Details()

  /// What the toolkit's own runs record beside the accuracy.
  package struct Details: Hashable, Sendable {
    /// Step at which the loss was not finite.
    package var divergedAt: Int?
    /// Mean cross-entropy on the split that decides.
    package var loss: Double?
    /// Other metrics on that split by name, of tables made elsewhere.
    package var measured: [String: Double] = [:]
    /// Accuracy in percent on the validation split.
    package var validationAccuracy: Double?
    /// Step of the lowest validation loss.
    package var earlyStopping: Int?
    /// Optimizer steps of this run.
    package var steps: Int?
    /// Those of the dense network behind it too.
    package var totalSteps: Int?
    /// Counts per prunable layer.
    package var layers: [LayerCount] = []
    /// Classes that are given to any example; one that gives 1 has collapsed.
    package var predictedClasses: Int?
    /// Whether kept weights connect the input to an output.
    package var connected: Bool?
    /// How many kept weights lie on such a path.
    package var effective: Int?
    /// The outputs that such paths reach.
    package var outputs: Int?
    /// Scores that are exactly zero.
    package var zeroScores: Int?
    /// Scores equal to the threshold's.
    package var ties: Int?
    /// Entries of the mask that a shuffle changed.
    package var changed: Int?
    /// How many it was expected to change.
    package var expectedChanged: Double?
    /// Whether every layer keeps as many weights as before.
    package var countsKept: Bool?
    /// Kept weights that reinitialization changed.
    package var reinitialized: Int?
    /// Kept weights, of which it could.
    package var reinitializedOf: Int?
    /// Pruned weights that are exactly zero after training.
    package var prunedAtZero: Int?
    /// Pruned weights, all of which should be.
    package var pruned: Int?
    /// What test examples add to the standard error of the arm's mean difference, in accuracy points; the same for all
    /// runs of an arm at a density.
    package var examplesDeviation: Double?
    /// What is left beside them and replicates, likewise.
    package var residualDeviation: Double?
    /// In suites that run until they are decided, the look that first saw it, from 1.
    package var look: Int?
    /// What its evaluations on the validation split say, where the suite asks for it.
    package var curve = LearningCurve()
    /// Seconds of work of this run alone.
    package var seconds: Double?
    /// Key of the training's artifact.
    package var artifact: String?

    /// Nothing known.
    package init() {}
  }

  /// A run of which nothing is known.
  package init() {}

  /// A run with its accuracy alone.
  package init(
    method: String, ablation: String, density: Density, replicate: Int, accuracy: Double?
  ) {
    self.method = method
    self.ablation = ablation
    self.density = density
    self.replicate = replicate
    self.accuracy = accuracy
  }

  /// The name of a method's own runs among ablations.
  package static let unablated = AblationCombination.none.name
  /// What `metric` says of it; `nil` for a run that diverged.
  func value(of metric: Metric) -> Double? {
    let own =
      switch metric.name {
      case "accuracy": accuracy
      case "loss": details.loss
      default: details.measured[metric.name]
      }
    guard own == nil, let derived = metric.derived, let other = Metric.named(derived.from) else {
      return own
    }
    return value(of: other).map(derived.by)
  }

  /// Names of layers without a kept weight.
  var emptied: [String] { details.layers.filter { $0.kept == 0 }.map(\.name) }
}
