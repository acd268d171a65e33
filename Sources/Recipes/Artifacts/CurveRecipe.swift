package import Randomness

/// A curve of low loss between two trained networks: its bends, trained.
///
/// The ends are the weights that the trainings in the roles ``InputRole/start`` and ``InputRole/end`` keep.
/// With masks in the roles ``InputRole/startMask`` and ``InputRole/endMask`` the bends stay in their union,
/// which for equal masks is one sparse subnetwork.
package struct CurveRecipe: Work {
  package static let kind = "curve"
  // 2: what diverges has one encoding.
  package static let schema = 2

  /// Network and data.
  package let problem: Problem
  /// Shape; it has at least one bend.
  package let shape: CurveShape
  /// Optimizer steps of both ends.
  package let iteration: Int
  /// Optimizer, schedule, duration; the weight decay acts on the point of the curve.
  package let training: TrainingSpecification
  /// Draws the order of examples, per epoch.
  package let order: StreamPath
  /// Draws where on the curve each step stands.
  package let positions: StreamPath
  /// Processor.
  package let device: DeviceKind
  /// Arithmetic.
  package let precision: Precision

  /// A curve's recipe.
  package init(
    problem: Problem, shape: CurveShape, iteration: Int, training: TrainingSpecification,
    order: StreamPath, positions: StreamPath, device: DeviceKind = .cpu,
    precision: Precision = .float32
  ) {
    self.problem = problem
    self.shape = shape
    self.iteration = iteration
    self.training = training
    self.order = order
    self.positions = positions
    self.device = device
    self.precision = precision
  }

  /// Root of the streams of a curve of `shape` in a replicate: by the shape and not a name, so that equal curves
  /// of two suites are one, and `espalier curve` draws what the first replicate of a suite draws.
  package static func streams(seed: UInt64, replicate: Int, shape: CurveShape) -> StreamPath {
    StreamPath(seed: seed) / "replicate \(replicate)" / "curve" / shape.description
  }

  package var dataset: DatasetSpecification? { problem.dataset }

  package var reads: [Reading] {
    [
      .weights(InputRole.start, after: iteration), .weights(InputRole.end, after: iteration),
      .mask(InputRole.startMask), .mask(InputRole.endMask),
    ]
  }

  package var cost: Double {
    let perEpoch = problem.dataset.stepsPerEpoch(batchSize: training.batchSize)
    return Estimate.least
      + training.cost(of: problem, steps: training.duration.iterations(perEpoch: perEpoch))
  }

  /// A training whose optimizer moves every bend.
  package var memory: Double {
    // Of every further bend: itself, its slope, up to two moments; beside it both ends and the point.
    training.memory(of: problem, precision)
      + 4 * (4 * Double(shape.bends - 1) + 3) * problem.sizes.weights
  }
}

/// A trained curve; one whose training diverged leaves no bends.
package struct CurveResult: Hashable, Sendable, Codable {
  /// Optimizer steps done.
  package let steps: Int
  /// Weights of all bends that the masks prune.
  package let prunedWeights: Int
  /// Those among them that are exactly zero after the last step; all of them must be.
  package let prunedWeightsAtZero: Int

  /// A curve's result.
  package init(steps: Int, prunedWeights: Int, prunedWeightsAtZero: Int) {
    self.steps = steps
    self.prunedWeights = prunedWeights
    self.prunedWeightsAtZero = prunedWeightsAtZero
  }
}
