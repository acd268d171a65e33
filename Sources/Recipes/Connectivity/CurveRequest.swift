/// `espalier curve`.
package struct CurveRequest: Hashable, Sendable, Codable {
  /// Network and data.
  package let problem: Problem
  /// Where the data's files are, by name.
  package let dataPaths: [String: String]
  /// Paths of the weights at both ends.
  package let start, end: String
  /// Path of the mask that both ends were trained under, which the bends keep to.
  package let mask: String?
  /// Whether ends may have pruned different weights; bends then use all weights.
  package let allowsOtherMasks: Bool
  /// How the curve runs.
  package let shape: CurveShape
  /// How its bends are trained.
  package let training: TrainingSpecification
  /// Points that are measured, both ends included.
  package let points: Int
  /// What is measured at each.
  package let measurement: PointMeasurement
  /// Root of the random streams.
  package let seed: UInt64
  /// Names the files of the bends, as ``file(ofBend:)`` says.
  package let output: String
  /// Path of a table to write.
  package let table: String?

  /// A request for a curve.
  package init(
    problem: Problem, dataPaths: [String: String], start: String, end: String, mask: String?,
    allowsOtherMasks: Bool, shape: CurveShape, training: TrainingSpecification, points: Int,
    measurement: PointMeasurement, seed: UInt64, output: String, table: String?
  ) {
    self.problem = problem
    self.dataPaths = dataPaths
    self.start = start
    self.end = end
    self.mask = mask
    self.allowsOtherMasks = allowsOtherMasks
    self.shape = shape
    self.training = training
    self.points = points
    self.measurement = measurement
    self.seed = seed
    self.output = output
    self.table = table
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
  /// Network and data.
  package let problem: Problem
  /// Where the data's files are, by name.
  package let dataPaths: [String: String]
  /// Paths of the three networks' weights.
  package let weights: [String]
  /// Points along each axis.
  package let side: Int
  /// How far the grid reaches beyond the three, as a part of their extent.
  package let margin: Double
  /// What is measured at each point.
  package let measurement: PointMeasurement
  /// Path of the table to write.
  package let output: String

  /// A request for a plane.
  package init(
    problem: Problem, dataPaths: [String: String], weights: [String], side: Int, margin: Double,
    measurement: PointMeasurement, output: String
  ) {
    self.problem = problem
    self.dataPaths = dataPaths
    self.weights = weights
    self.side = side
    self.margin = margin
    self.measurement = measurement
    self.output = output
  }
}
