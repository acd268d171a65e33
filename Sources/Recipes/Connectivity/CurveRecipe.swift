package import Randomness

/// A curve of low loss between two trained networks: its bends, trained.
///
/// The ends are the weights that the trainings in the roles ``InputRole/start`` and ``InputRole/end`` keep.
/// With masks in the roles ``InputRole/startMask`` and ``InputRole/endMask`` the bends stay in their union,
/// which for equal masks is one sparse subnetwork.
package struct CurveRecipe: Hashable, Sendable, Codable {
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

/// Error and loss along a curve, whose bends the artifact in the role ``InputRole/curve`` has, or along the
/// segment, which needs none.
package struct CurvePointsRecipe: Hashable, Sendable, Codable {
  /// Network and data.
  package let problem: Problem
  /// Shape; without bends the segment.
  package let shape: CurveShape
  /// Optimizer steps of both ends.
  package let iteration: Int
  /// Number of points, at equal distances of t, ends included.
  package let points: Int
  /// What is measured at each.
  package let measurement: PointMeasurement
  /// Whether ensembles of points are measured too.
  package let ensembles: Bool
  /// Processor.
  package let device: DeviceKind
  /// Arithmetic of the evaluations.
  package let precision: Precision

  /// A recipe of evaluations along a curve.
  package init(
    problem: Problem, shape: CurveShape, iteration: Int, points: Int,
    measurement: PointMeasurement, ensembles: Bool, device: DeviceKind = .cpu,
    precision: Precision = .float32
  ) {
    precondition(points >= 3, "a curve of \(points) points")
    self.problem = problem
    self.shape = shape
    self.iteration = iteration
    self.points = points
    self.measurement = measurement
    self.ensembles = ensembles
    self.device = device
    self.precision = precision
  }
}

/// Error and loss along a curve.
package struct CurvePointsResult: Hashable, Sendable, Codable {
  /// One point; evaluations are in the order of the measurement's policies.
  package struct Point: Hashable, Sendable, Codable {
    /// Its place, from 0 at the start to 1 at the end.
    package let t: Double
    /// The network there.
    package let evaluations: [PointEvaluation]
    /// On the test split, the mean of the start's and this point's class probabilities; empty where not
    /// asked for.
    package let ensembles: [Evaluation]

    /// A point.
    package init(t: Double, evaluations: [PointEvaluation], ensembles: [Evaluation]) {
      self.t = t
      self.evaluations = evaluations
      self.ensembles = ensembles
    }
  }

  /// Points from start to end.
  package let points: [Point]
  /// On the test split, the mean of the class probabilities of start, middle and end, per policy; empty where
  /// not asked for.
  package let trios: [Evaluation]
  /// Inner products of the control points' parameters, start and end included; `nil` where they are not
  /// finite.
  package let products: [[Double]]?

  /// A result.
  package init(points: [Point], trios: [Evaluation], products: [[Double]]?) {
    self.points = points
    self.trios = trios
    self.products = products
  }
}

extension CurvePointsResult: MeasuredPath {
  package var positions: [Double] { points.map(\.t) }
  package var evaluations: [[PointEvaluation]] { points.map(\.evaluations) }
}
