/// The outcome of a collapse artifact.
package struct CollapseResult: Hashable, Sendable, Codable {
  /// What is left at one density.
  package struct Point: Hashable, Sendable, Codable {
    /// Fraction kept.
    package let density: Density
    /// Weights kept of every layer, in the order of ``CollapseResult/layers``.
    package let kept: [Int]
    /// Scores of weights not yet pruned that are exactly zero, last iteration.
    package let zeroScores: Int
    /// Weights whose score equals the last kept one's, last iteration.
    package let ties: Int

    /// A point.
    package init(density: Density, kept: [Int], zeroScores: Int, ties: Int) {
      self.density = density
      self.kept = kept
      self.zeroScores = zeroScores
      self.ties = ties
    }
  }

  /// Names of the prunable tensors in network order.
  package let layers: [String]
  /// Weights of every layer.
  package let sizes: [Int]
  /// One point for each of the recipe's densities.
  package let points: [Point]

  /// A collapse artifact's result.
  package init(layers: [String], sizes: [Int], points: [Point]) {
    self.layers = layers
    self.sizes = sizes
    self.points = points
  }
}

/// The outcome of a saliency artifact; totals are sums in float64.
package struct SaliencyResult: Hashable, Sendable, Codable {
  /// One prunable tensor.
  package struct Layer: Hashable, Sendable, Codable {
    /// Name of the weight tensor.
    package let name: String
    /// Weights.
    package let size: Int
    /// Elements of the same layer's bias; 0 where it has none.
    package let biases: Int
    /// Σ S.
    package let total: Double
    /// Σ S².
    package let squares: Double

    /// A layer's totals.
    package init(name: String, size: Int, biases: Int, total: Double, squares: Double) {
      self.name = name
      self.size = size
      self.biases = biases
      self.total = total
      self.squares = squares
    }
  }

  /// The hidden units between two layers that follow one another.
  package struct Units: Hashable, Sendable, Codable {
    /// The layers on both sides of hidden units.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      /// Channels between two convolutions.
      case convolution
      /// Channels that are flattened into a fully connected layer.
      case flattening
      /// Units between two fully connected layers.
      case linear
    }

    /// Name of the weight tensor into the units.
    package let layer: String
    /// What lies on both sides.
    package let kind: Kind
    /// Σ S over the weights into each unit.
    package let incoming: [Double]
    /// Σ S over the weights out of each unit.
    package let outgoing: [Double]

    /// Totals of hidden units.
    package init(layer: String, kind: Kind, incoming: [Double], outgoing: [Double]) {
      self.layer = layer
      self.kind = kind
      self.incoming = incoming
      self.outgoing = outgoing
    }
  }

  /// Prunable tensors in network order.
  package let layers: [Layer]
  /// Hidden units, layer by layer; empty where they are not asked for or the network branches.
  package let units: [Units]

  /// A saliency artifact's result.
  package init(layers: [Layer], units: [Units]) {
    self.layers = layers
    self.units = units
  }
}

/// The outcome of a prune-size artifact.
package struct PruneSizeResult: Hashable, Sendable, Codable {
  /// One iteration.
  package struct Iteration: Hashable, Sendable, Codable {
    /// Sum of the scores that the iteration prunes.
    package let pruned: Double
    /// R of the network before the iteration: the size of every complete cut of it.
    package let output: Double
    /// Weights left after the iteration.
    package let kept: Int

    /// An iteration.
    package init(pruned: Double, output: Double, kept: Int) {
      self.pruned = pruned
      self.output = output
      self.kept = kept
    }

    /// Prune size against cut size (Tanaka et al., NeurIPS 2020, figure 7); below 1 no layer can have emptied.
    package var ratio: Double { output > 0 ? pruned / output : .infinity }
  }

  /// The iterations.
  package let iterations: [Iteration]

  /// A prune-size artifact's result.
  package init(iterations: [Iteration]) { self.iterations = iterations }
}
