/// Error and loss on a grid in the plane through three networks.
package struct PlaneRecipe: Work {
  package static let kind = "plane"
  // 2: what diverges has one encoding.
  package static let schema = 2

  /// One of the three networks, from the artifact in the role of its place (``InputRole/corners``).
  package enum Corner: Hashable, Sendable, Codable {
    /// Kept after so many steps by a training.
    case checkpoint(iteration: Int)
    /// Bend 1, 2, … of a curve.
    case bend(Int)
  }

  /// Network and data.
  package let problem: Problem
  /// Three networks.
  package let corners: [Corner]
  /// Points of the grid along each axis.
  package let side: Int
  /// How far the grid reaches beyond the three, as a part of their extent.
  package let margin: Double
  /// What is measured at each point, under one policy.
  package let measurement: PointMeasurement
  /// Processor.
  package let device: DeviceKind
  /// Arithmetic of the evaluations.
  package let precision: Precision

  /// A plane's recipe.
  package init(
    problem: Problem, corners: [Corner], side: Int, margin: Double, measurement: PointMeasurement,
    device: DeviceKind = .cpu, precision: Precision = .float32
  ) {
    precondition(corners.count == 3, "a plane through \(corners.count) networks")
    precondition(measurement.statistics.count == 1, "a plane has one policy of statistics")
    self.problem = problem
    self.corners = corners
    self.side = side
    self.margin = margin
    self.measurement = measurement
    self.device = device
    self.precision = precision
  }

  package var dataset: DatasetSpecification? { problem.dataset }

  package var reads: [Reading] {
    zip(corners, InputRole.corners).map { corner, role in
      switch corner {
      case .checkpoint(let iteration): .weights(role, after: iteration)
      case .bend(let number): Reading(role, files: [ArtifactFile.bend(number)])
      }
    }
  }

  package var cost: Double { measurement.cost(ofPoints: side * side, problem) }

  package var memory: Double {
    measurement.memory(ofPoints: Double(side) * Double(side), problem)
  }
}

/// Error and loss on a grid.
///
/// Coordinates are Euclidean distances between parameters: x along the line from the first network, at (0, 0),
/// to the second, y at a right angle towards the third (Garipov et al., NeurIPS 2018, appendix A.1).
package struct PlaneResult: Hashable, Sendable, Codable {
  /// The three networks' places.
  package let corners: [PlanePosition]
  /// The three networks themselves.
  package let networks: [PointEvaluation]
  /// Half-way between the first and second, the first and third, the second and third.
  package let midpoints: [PointEvaluation]
  /// The mean of all three.
  package let center: PointEvaluation
  /// The grid's columns.
  package let xs: [Double]
  /// The grid's rows.
  package let ys: [Double]
  /// Evaluations, row by row.
  package let evaluations: [[PointEvaluation]]

  /// A result.
  package init(
    corners: [PlanePosition], networks: [PointEvaluation], midpoints: [PointEvaluation],
    center: PointEvaluation, xs: [Double], ys: [Double], evaluations: [[PointEvaluation]]
  ) {
    self.corners = corners
    self.networks = networks
    self.midpoints = midpoints
    self.center = center
    self.xs = xs
    self.ys = ys
    self.evaluations = evaluations
  }
}

/// A place in a plane.
package struct PlanePosition: Hashable, Sendable, Codable {
  /// Along the line through the first two networks.
  package let x: Double
  /// At a right angle to it.
  package let y: Double

  /// A place.
  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
