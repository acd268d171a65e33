/// Networks on a user's data, and what is measured of them.
package struct MeasuredProblem: Hashable, Sendable, Codable {
  /// Network and data.
  package let problem: Problem
  /// Where the data's files are, by name.
  package let dataPaths: [String: String]
  /// What is measured at each point.
  package let measurement: PointMeasurement

  /// A problem with what is measured.
  package init(problem: Problem, dataPaths: [String: String], measurement: PointMeasurement) {
    self.problem = problem
    self.dataPaths = dataPaths
    self.measurement = measurement
  }
}

/// `espalier interpolate`.
package struct InterpolateRequest: Hashable, Sendable, Codable {
  /// What is measured, and of which network.
  package let measured: MeasuredProblem
  /// Paths of the weights at both ends.
  package let start, end: String
  /// Path of the mask that both ends were trained under.
  package let mask: String?
  /// Whether ends may have pruned different weights.
  package let allowsOtherMasks: Bool
  /// Points, both ends included.
  package let points: Int
  /// Path of a table to write.
  package let table: String?

  /// A request for an interpolation.
  package init(
    measured: MeasuredProblem, start: String, end: String, mask: String?, allowsOtherMasks: Bool,
    points: Int, table: String?
  ) {
    self.measured = measured
    self.start = start
    self.end = end
    self.mask = mask
    self.allowsOtherMasks = allowsOtherMasks
    self.points = points
    self.table = table
  }
}

/// `espalier curve`.
package struct CurveRequest: Hashable, Sendable, Codable {
  /// What would be measured of the straight segment; the bends keep to its mask, and use all weights where the
  /// ends may have pruned different ones.
  package let segment: InterpolateRequest
  /// How the curve runs.
  package let shape: CurveShape
  /// How its bends are trained.
  package let training: TrainingSpecification
  /// Root of the random streams.
  package let seed: UInt64
  /// Names the files of the bends, as ``file(ofBend:)`` says.
  package let output: String

  /// A request for a curve.
  package init(
    segment: InterpolateRequest, shape: CurveShape, training: TrainingSpecification, seed: UInt64,
    output: String
  ) {
    self.segment = segment
    self.shape = shape
    self.training = training
    self.seed = seed
    self.output = output
  }

  /// Where bend 1, 2, … is written: of `c` and of `c.safetensors` bend 1 is `c-1.safetensors`.
  package func file(ofBend number: Int) -> String {
    let ending = ".safetensors"
    let stem = output.hasSuffix(ending) ? String(output.dropLast(ending.count)) : output
    return "\(stem)-\(number)\(ending)"
  }
}

/// `espalier plane`.
package struct PlaneRequest: Hashable, Sendable, Codable {
  /// What is measured, and of which network.
  package let measured: MeasuredProblem
  /// Paths of the three networks' weights.
  package let weights: [String]
  /// Points along each axis.
  package let side: Int
  /// How far the grid reaches beyond the three, as a part of their extent.
  package let margin: Double
  /// Path of the table to write.
  package let output: String

  /// A request for a plane.
  package init(
    measured: MeasuredProblem, weights: [String], side: Int, margin: Double, output: String
  ) {
    self.measured = measured
    self.weights = weights
    self.side = side
    self.margin = margin
    self.output = output
  }
}
