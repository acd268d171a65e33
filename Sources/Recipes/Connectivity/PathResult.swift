/// What a walk from one network to another found.
package struct PathResult: Hashable, Sendable, Codable {
  /// Position of each point, from 0 at the start to 1 at the end.
  package let positions: [Double]
  /// Evaluations of each point, one per policy of the recipe.
  package let evaluations: [[PointEvaluation]]
  /// Where the ends lie.
  package let geometry: PathGeometry
  /// How the ends' predictions differ.
  package let disagreement: Disagreement

  /// A path's result.
  package init(
    positions: [Double], evaluations: [[PointEvaluation]], geometry: PathGeometry,
    disagreement: Disagreement
  ) {
    self.positions = positions
    self.evaluations = evaluations
    self.geometry = geometry
    self.disagreement = disagreement
  }
}

extension PathResult: MeasuredPath {}

/// Distances over parameters, buffers left out.
package struct PathGeometry: Hashable, Sendable, Codable {
  /// ‖a − b‖₂.
  package let distance: Double
  /// Angle between both ends seen from 0, in degrees: arccos(a·b / ‖a‖‖b‖).
  package let angle: Double
  /// The same seen from the weights both were trained from.
  package let fromParent: Divergence?

  /// How two trainings moved apart.
  package struct Divergence: Hashable, Sendable, Codable {
    /// ‖a − p‖₂ and ‖b − p‖₂.
    package let start, end: Double
    /// Angle between a − p and b − p, in degrees; `nil` where an end is the parent.
    package let angle: Double?

    /// Distances and angle from the common parent.
    package init(start: Double, end: Double, angle: Double?) {
      self.start = start
      self.end = end
      self.angle = angle
    }
  }

  /// A geometry.
  package init(distance: Double, angle: Double, fromParent: Divergence?) {
    self.distance = distance
    self.angle = angle
    self.fromParent = fromParent
  }
}
