/// Error and loss along a curve, whose bends the artifact in the role ``InputRole/curve`` has; ensembles of its
/// points too. The straight segment is a kind of its own: ``SegmentRecipe``.
package struct CurvePointsRecipe: Work {
  package static let kind = "curve-points"
  // 2: what diverges has one encoding. 3: ensembles are always measured.
  package static let schema = 3

  /// Network and data.
  package let problem: Problem
  /// Shape; it has at least one bend.
  package let shape: CurveShape
  /// Optimizer steps of both ends.
  package let iteration: Int
  /// Number of points, at equal distances of t, ends included.
  package let points: Int
  /// What is measured at each.
  package let measurement: PointMeasurement
  /// Processor.
  package let device: DeviceKind
  /// Arithmetic of the evaluations.
  package let precision: Precision

  /// A recipe of evaluations along a curve.
  package init(
    problem: Problem, shape: CurveShape, iteration: Int, points: Int,
    measurement: PointMeasurement, device: DeviceKind = .cpu, precision: Precision = .float32
  ) {
    precondition(points >= 3 && shape.bends >= 1, "a \(shape) of \(points) points")
    self.problem = problem
    self.shape = shape
    self.iteration = iteration
    self.points = points
    self.measurement = measurement
    self.device = device
    self.precision = precision
  }

  package var dataset: DatasetSpecification? { problem.dataset }

  package var reads: [Reading] {
    let bends = (0..<shape.bends).map { ArtifactFile.bend($0 + 1) }
    return [
      .weights(InputRole.start, after: iteration), .weights(InputRole.end, after: iteration),
      Reading(InputRole.curve, files: bends),
    ]
  }

  package var cost: Double { measurement.cost(ofPoints: points, problem) }

  package var memory: Double {
    measurement.memory(ofPoints: Double(points), problem)
      + 4 * Double(shape.bends) * problem.sizes.weights
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
  }

  /// Points from start to end.
  package let points: [Point]
  /// On the test split, the mean of the class probabilities of start, middle and end, per policy; empty where
  /// not asked for.
  package let trios: [Evaluation]
  /// Inner products of the control points' parameters, start and end included; `nil` where they are not
  /// finite.
  package let products: [[Double]]?
}

extension CurvePointsResult {
  /// What was found at points of equal distances of t, and of each point's ensembles with the start.
  package init(
    evaluations: [[PointEvaluation]], ensembles: [[Evaluation]], trios: [Evaluation],
    products: [[Double]]?
  ) {
    let positions = PathPositions.evenlySpaced(evaluations.count)
    self.init(
      points: evaluations.indices.map {
        Point(t: positions[$0], evaluations: evaluations[$0], ensembles: ensembles[$0])
      }, trios: trios, products: products)
  }
}

extension CurvePointsResult: MeasuredPath {
  package var positions: [Double] { points.map(\.t) }
  package var evaluations: [[PointEvaluation]] { points.map(\.evaluations) }
}
