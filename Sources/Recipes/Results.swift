/// Accuracy and loss on one split.
package struct Evaluation: Hashable, Sendable, Codable {
  /// Examples classified correctly.
  package let correct: Int
  /// Examples in the split.
  package let count: Int
  /// Mean cross-entropy in nats; `nil` where it is not finite.
  package let loss: Double?

  /// An evaluation.
  package init(correct: Int, count: Int, loss: Double?) {
    self.correct = correct
    self.count = count
    self.loss = loss
  }

  /// Accuracy in percent.
  package var accuracy: Double { 100 * Double(correct) / Double(count) }
}

/// The outcome of a training: the `result` of its record.
package struct TrainingResult: Hashable, Sendable, Codable {
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

  /// What the last step's weights do.
  package struct Last: Hashable, Sendable, Codable {
    /// On the test split; which of its examples are right is in the file ``ArtifactFile/right``.
    package let test: Evaluation
    /// The classes that are given to the test split's examples.
    package let predicted: Predicted
    /// On the validation split; `nil` where nothing was held out.
    package let validation: Evaluation?
    /// How far they moved from the first; `nil` where the recipe does not ask for it.
    package let change: Change?

    /// What the last step's weights do.
    package init(
      test: Evaluation, predicted: Predicted, validation: Evaluation?, change: Change? = nil
    ) {
      self.test = test
      self.predicted = predicted
      self.validation = validation
      self.change = change
    }
  }

  /// Validation after some steps.
  package struct Point: Hashable, Sendable, Codable {
    /// Optimizer steps done.
    package let iteration: Int
    /// Evaluation on the validation split.
    package let validation: Evaluation

    /// A point of the validation curve.
    package init(iteration: Int, validation: Evaluation) {
      self.iteration = iteration
      self.validation = validation
    }
  }

  /// How the reinitialized weights differ from the method's own, over the weights the mask keeps.
  package struct Reinitialization: Hashable, Sendable, Codable {
    /// Kept weights whose value differs.
    package let differing: Int
    /// Kept weights.
    package let kept: Int

    /// An audit of a reinitialization.
    package init(differing: Int, kept: Int) {
      self.differing = differing
      self.kept = kept
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

  /// The end of the training.
  package let outcome: Outcome<Last>
  /// Optimizer steps done by this artifact.
  package let steps: Int
  /// The validation curve.
  package let curve: [Point]
  /// The step of the lowest validation loss, the first where several tie.
  package let earlyStopping: Point?
  /// Weights that the mask prunes and that are exactly zero after the last step; all of them must be.
  package let prunedWeightsAtZero: Int
  /// Weights that the mask prunes.
  package let prunedWeights: Int
  /// Audit of the reinitialize ablation.
  package let reinitialization: Reinitialization?
  /// Evaluation on the test split at ``earlyStopping``; `nil` where the recipe does not ask for it.
  package let earlyStoppingTest: Evaluation?

  /// A training's result.
  package init(
    outcome: Outcome<Last>, steps: Int, curve: [Point], earlyStopping: Point?,
    prunedWeightsAtZero: Int, prunedWeights: Int, reinitialization: Reinitialization?,
    earlyStoppingTest: Evaluation? = nil
  ) {
    self.outcome = outcome
    self.steps = steps
    self.curve = curve
    self.earlyStopping = earlyStopping
    self.prunedWeightsAtZero = prunedWeightsAtZero
    self.prunedWeights = prunedWeights
    self.reinitialization = reinitialization
    self.earlyStoppingTest = earlyStoppingTest
  }

  /// Evaluation of the last step's weights on the test split; of a diverged run `nil`.
  package var test: Evaluation? { outcome.found?.test }
  /// The same on the validation split; `nil` too where nothing was held out.
  package var validation: Evaluation? { outcome.found?.validation }
  /// From the first weights to the last; `nil` too where the recipe does not ask for it.
  package var change: Change? { outcome.found?.change }
}

/// Kept and all weights of one layer.
package struct LayerCount: Hashable, Sendable, Codable {
  /// Name of the layer's weight tensor.
  package let name: String
  /// Weights.
  package let size: Int
  /// Weights kept.
  package let kept: Int

  /// A layer's counts.
  package init(name: String, size: Int, kept: Int) {
    self.name = name
    self.size = size
    self.kept = kept
  }
}

/// What can be said of any mask.
package struct MaskAudit: Hashable, Sendable, Codable {
  /// Counts per prunable layer, excluded ones too.
  package let layers: [LayerCount]
  /// Of each layer, the kept weights that lie on a path of kept ones from the input to an output: divided by the
  /// weights there are, all layers together, the *effective* density (Vysogorets & Kempe, JMLR 2023).
  package let effective: [Int]
  /// Outputs that such a path leads to.
  package let outputs: Int

  /// An audit.
  package init(layers: [LayerCount], effective: [Int], outputs: Int) {
    precondition(
      layers.count == effective.count, "\(effective.count) counts for \(layers.count) layers")
    self.layers = layers
    self.effective = effective
    self.outputs = outputs
  }

  /// Whether a path of kept weights leads from the input to an output.
  package var connected: Bool { outputs > 0 }
  /// Weights kept, all layers together.
  package var kept: Int { layers.reduce(0) { $0 + $1.kept } }
  /// Prunable weights, all layers together.
  package var size: Int { layers.reduce(0) { $0 + $1.size } }
}

/// The outcome of a scores artifact.
package struct ScoresResult: Hashable, Sendable, Codable {
  /// Scores that are exactly zero, per layer; `kept` counts the others.
  package let layers: [LayerCount]
  /// Examples scored on; 0 where the criterion reads none.
  package let examples: Int

  /// A scores artifact's result.
  package init(layers: [LayerCount], examples: Int) {
    self.layers = layers
    self.examples = examples
  }
}

/// The outcome of a mask, a shuffle or an imported mask.
package struct MaskResult: Hashable, Sendable, Codable {
  /// What the ranking met.
  package struct Ranking: Hashable, Sendable, Codable {
    /// Kept weights per layer after each iteration, layers in network order.
    package let iterations: [[Int]]
    /// Scores of weights not yet pruned that are exactly zero, last iteration.
    package let zeroScores: Int
    /// Weights whose score equals the last kept one's, last iteration, all rankings together: where
    /// more than one per ranking, the lower index was kept.
    package let ties: Int

    /// What a ranking met.
    package init(iterations: [[Int]], zeroScores: Int, ties: Int) {
      self.iterations = iterations
      self.zeroScores = zeroScores
      self.ties = ties
    }
  }

  /// How a shuffled mask differs from the one it was made of.
  package struct Shuffle: Hashable, Sendable, Codable {
    /// Entries that differ.
    package let changed: Int
    /// Expected number for uniform permutations: `Σ 2·kept·(size − kept)/size` over layers.
    package let expected: Double
    /// Whether every layer keeps its count.
    package let countsKept: Bool

    /// An audit of a shuffle.
    package init(changed: Int, expected: Double, countsKept: Bool) {
      self.changed = changed
      self.expected = expected
      self.countsKept = countsKept
    }
  }

  /// Counts and connectivity.
  package let audit: MaskAudit
  /// What the ranking met; `nil` for shuffled and imported masks.
  package let ranking: Ranking?
  /// How a shuffle differs; `nil` for other masks.
  package let shuffle: Shuffle?

  /// A mask's result.
  package init(audit: MaskAudit, ranking: Ranking?, shuffle: Shuffle?) {
    self.audit = audit
    self.ranking = ranking
    self.shuffle = shuffle
  }
}
