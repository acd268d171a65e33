/// `espalier interpolate`.
package struct InterpolateRequest: Hashable, Sendable, Codable {
  /// Network and data.
  package let problem: Problem
  /// Where the data's files are, by name.
  package let dataPaths: [String: String]
  /// Paths of the weights at both ends.
  package let start, end: String
  /// Path of the mask that both ends were trained under.
  package let mask: String?
  /// Whether ends may have pruned different weights.
  package let allowsOtherMasks: Bool
  /// Points, both ends included.
  package let points: Int
  /// What is measured at each.
  package let measurement: PointMeasurement
  /// Path of a table to write.
  package let output: String?

  /// A request for an interpolation.
  package init(
    problem: Problem, dataPaths: [String: String], start: String, end: String, mask: String?,
    allowsOtherMasks: Bool, points: Int, measurement: PointMeasurement, output: String?
  ) {
    self.problem = problem
    self.dataPaths = dataPaths
    self.start = start
    self.end = end
    self.mask = mask
    self.allowsOtherMasks = allowsOtherMasks
    self.points = points
    self.measurement = measurement
    self.output = output
  }
}
