package import Randomness

/// Dropout stability of the networks in the roles ``InputRole/start`` and ``InputRole/end``, and the path
/// through half-width networks between them.
package struct DropoutStabilityRecipe: Work {
  package static let kind = "dropout-stability"
  // 2: what diverges has one encoding.
  package static let schema = 2

  /// Network and data.
  package let problem: Problem
  /// Steps after which the start's weights were kept.
  package let startIteration: Int
  /// Steps after which the end's were.
  package let endIteration: Int
  /// What is measured at each point; the training subset measures ε.
  package let measurement: PointMeasurement
  /// Random halves tried in each hidden layer beside the half of the largest norms.
  package let draws: Int
  /// Draws them, below it `start` and `end`.
  package let stream: StreamPath
  /// Points between the ends of every segment.
  package let pointsWithin: Int
  /// Processor.
  package let device: DeviceKind

  /// A recipe of dropout stability.
  package init(
    problem: Problem, startIteration: Int, endIteration: Int, measurement: PointMeasurement,
    draws: Int, stream: StreamPath, pointsWithin: Int, device: DeviceKind = .cpu
  ) {
    self.problem = problem
    self.startIteration = startIteration
    self.endIteration = endIteration
    self.measurement = measurement
    self.draws = draws
    self.stream = stream
    self.pointsWithin = pointsWithin
    self.device = device
  }

  package var dataset: DatasetSpecification? { problem.dataset }

  package var reads: [Reading] {
    [
      .weights(InputRole.start, after: startIteration),
      .weights(InputRole.end, after: endIteration),
    ]
  }

  package var cost: Double {
    // Twice the layers' tries, and some sixteen segments a layer.
    let hidden = problem.sizes.prunableCounts.count - 1
    let evaluations = 2 * hidden * (draws + 1) + 16 * hidden * (pointsWithin + 1)
    return measurement.cost(ofPoints: evaluations, problem)
  }

  package var memory: Double {
    // Knots that differ in one layer share the others; a path has some twenty.
    20 * 4 * problem.sizes.weights + measurement.memory(ofPoints: 100, problem)
  }
}

/// What a dropout-stability artifact found.
package struct DropoutStabilityResult: Hashable, Sendable, Codable {
  /// One hidden layer that lost its half.
  package struct Drop: Hashable, Sendable, Codable {
    /// Name of the layer.
    package let layer: String
    /// Units, and those kept.
    package let units, kept: Int
    /// Number of the random half that was chosen, from 1; 0 for the half of the largest norms.
    package let choice: Int
    /// The network without the dropped halves of this layer and all above.
    package let evaluation: PointEvaluation

    /// A drop.
    package init(layer: String, units: Int, kept: Int, choice: Int, evaluation: PointEvaluation) {
      self.layer = layer
      self.units = units
      self.kept = kept
      self.choice = choice
      self.evaluation = evaluation
    }
  }

  /// One network.
  package struct End: Hashable, Sendable, Codable {
    /// The network as it is.
    package let whole: PointEvaluation
    /// Hidden layers from the top down.
    package let drops: [Drop]

    /// An end.
    package init(whole: PointEvaluation, drops: [Drop]) {
      self.whole = whole
      self.drops = drops
    }

    /// The largest rise of the training subset's loss over all drops, at least 0; `nil` where a loss is not
    /// finite.
    package var epsilon: Double? {
      guard let whole = whole.train?.loss else { return nil }
      let losses = drops.compactMap { $0.evaluation.train?.loss }
      return losses.count == drops.count ? losses.reduce(0) { max($0, $1 - whole) } : nil
    }
  }

  /// One straight piece of the path.
  package struct Segment: Hashable, Sendable, Codable {
    /// Name of the layer that it varies.
    package let layer: String
    /// Whether the function is the same all along.
    package let isConstant: Bool

    /// A segment.
    package init(layer: String, isConstant: Bool) {
      self.layer = layer
      self.isConstant = isConstant
    }
  }

  /// The networks.
  package let start, end: End
  /// Pieces of the path.
  package let segments: [Segment]
  /// Number of the segment plus the fraction of it, for every point; knots are whole numbers.
  package let positions: [Double]
  /// Evaluations of all points.
  package let evaluations: [PointEvaluation]

  /// What was found.
  package init(
    start: End, end: End, segments: [Segment], positions: [Double],
    evaluations: [PointEvaluation]
  ) {
    self.start = start
    self.end = end
    self.segments = segments
    self.positions = positions
    self.evaluations = evaluations
  }

  /// The larger ε of both ends; `nil` where one has none.
  package var epsilon: Double? {
    guard let start = start.epsilon, let end = end.epsilon else { return nil }
    return max(start, end)
  }

  /// Whether the path stays under the bound on the training subset; `nil` where there is no ε.
  package var connection: EpsilonConnection? {
    epsilon.flatMap { EpsilonConnection(losses: evaluations.map { $0.train?.loss }, epsilon: $0) }
  }
}
