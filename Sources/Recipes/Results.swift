/// Accuracy and loss on one split.
package struct Evaluation: Hashable, Sendable, Codable {
  /// Examples classified correctly.
  package let correct: Int
  /// Examples in the split.
  package let count: Int
  /// Mean cross-entropy in nats; `nil` where it is not finite.
  package let loss: Double?

  /// What was counted.
  package init(correct: Int, count: Int, loss: Double?) {
    self.correct = correct
    self.count = count
    self.loss = loss
  }

  /// Accuracy in percent.
  package var accuracy: Double { 100 * Double(correct) / Double(count) }
}

/// Sums over the examples that a network has answered, of which its evaluation is made.
package struct Tally {
  /// Examples so far.
  package private(set) var count = 0
  private var (correct, lossSum) = (0, 0.0)

  /// A tally of nothing.
  package init() {}

  /// Adds `count` examples: those classified correctly, and the sum of their cross-entropies in nats.
  package mutating func add(_ part: (correct: Int, lossSum: Double), of count: Int) {
    correct += part.correct
    lossSum += part.lossSum
    self.count += count
  }

  /// Accuracy and mean loss so far.
  package var evaluation: Evaluation {
    let loss = lossSum / Double(count)
    return Evaluation(correct: correct, count: count, loss: loss.isFinite ? loss : nil)
  }
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
  /// weights there are, all layers together, the *effective* density (Vysogorets & Kempe, JMLR 2023). `nil` where a
  /// program keeps its layers to itself.
  package let effective: [Int]?
  /// Outputs that such a path leads to; `nil` where paths are not known.
  package let outputs: Int?

  /// An audit.
  package init(layers: [LayerCount], effective: [Int]?, outputs: Int?) {
    precondition(
      layers.count == effective?.count ?? layers.count,
      "\(effective?.count ?? 0) counts for \(layers.count) layers")
    self.layers = layers
    self.effective = effective
    self.outputs = outputs
  }

  /// Whether a path of kept weights leads from the input to an output; `nil` where paths are not known.
  package var connected: Bool? { outputs.map { $0 > 0 } }
}

/// The outcome of a mask, an ablated mask or an imported mask.
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

  /// How a mask that an ablation made differs from the one it was made of.
  package struct Change: Hashable, Sendable, Codable {
    /// Entries that differ.
    package let changed: Int
    /// How many the ablation changes on average.
    package let expected: Double
    /// Whether every layer keeps its count.
    package let countsKept: Bool

    /// An audit of an ablated mask.
    package init(changed: Int, expected: Double, countsKept: Bool) {
      self.changed = changed
      self.expected = expected
      self.countsKept = countsKept
    }
  }

  /// Counts and connectivity.
  package let audit: MaskAudit
  /// What the ranking met; `nil` for ablated and imported masks.
  package let ranking: Ranking?
  /// How an ablated mask differs; `nil` for other masks.
  package let change: Change?

  /// A mask's result.
  package init(audit: MaskAudit, ranking: Ranking?, change: Change?) {
    self.audit = audit
    self.ranking = ranking
    self.change = change
  }
}
