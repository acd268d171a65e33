/// Error and loss along the straight segment between two networks, whose weights the roles
/// ``InputRole/start`` and ``InputRole/end`` keep; ensembles of its points too.
package struct SegmentRecipe: Work {
  package static let kind = "segment"
  package static let schema = 1

  /// Network and data.
  package let problem: Problem
  /// Steps after which the start's weights were kept.
  package let startIteration: Int
  /// Steps after which the end's were.
  package let endIteration: Int
  /// Positions, evenly spaced, both ends included.
  package let points: Int
  /// What is measured at each.
  package let measurement: PointMeasurement
  /// The weights that both ends were trained from (a state in the role ``InputRole/weights`` where they
  /// are a checkpoint), to measure distances from, under the mask in the role ``InputRole/mask`` where there
  /// is one; `nil` where there are none.
  package let parent: WeightsSource?
  /// Processor.
  package let device: DeviceKind
  /// Arithmetic.
  package let precision: Precision

  /// A segment's recipe.
  package init(
    problem: Problem, startIteration: Int, endIteration: Int, points: Int,
    measurement: PointMeasurement, parent: WeightsSource? = nil, device: DeviceKind = .cpu,
    precision: Precision = .float32
  ) {
    self.problem = problem
    self.startIteration = startIteration
    self.endIteration = endIteration
    self.points = points
    self.measurement = measurement
    self.parent = parent
    self.device = device
    self.precision = precision
  }

  package var dataset: DatasetSpecification? { problem.dataset }

  package var reads: [Reading] {
    [
      .weights(InputRole.start, after: startIteration),
      .weights(InputRole.end, after: endIteration),
    ] + (parent.map { $0.reads + [.mask()] } ?? [])
  }

  package var cost: Double { measurement.cost(ofPoints: points, problem) }
  package var memory: Double { measurement.memory(ofPoints: Double(points), problem) }
}

/// Positions along a path.
package enum PathPositions {
  /// As many as in Frankle et al. (ICML 2020).
  package static let standard = 30

  /// `count` positions from 0 to 1, evenly spaced, both included; at least 2.
  package static func evenlySpaced(_ count: Int) -> [Double] {
    precondition(count >= 2, "a path of \(count) points has not two ends")
    return (0..<count).map { Double($0) / Double(count - 1) }
  }
}
