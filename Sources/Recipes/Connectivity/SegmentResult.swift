/// What a walk on the straight segment from one network to another found.
///
/// Its encoding has the members of ``CurvePointsResult`` and two more, so that whoever compares paths of any
/// shape reads all of them alike.
package struct SegmentResult: Hashable, Sendable {
  /// Error and loss at its points.
  package let path: CurvePointsResult
  /// Where the ends lie.
  package let geometry: PathGeometry
  /// How the ends' predictions differ; `nil` where a program does not tell what it predicts.
  package let disagreement: Disagreement?

  /// A segment's result.
  package init(path: CurvePointsResult, geometry: PathGeometry, disagreement: Disagreement?) {
    self.path = path
    self.geometry = geometry
    self.disagreement = disagreement
  }
}

extension SegmentResult: MeasuredPath {
  package var positions: [Double] { path.positions }
  package var evaluations: [[PointEvaluation]] { path.evaluations }
}

extension SegmentResult: Codable {
  private enum CodingKeys: String, CodingKey { case geometry, disagreement }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    path = try CurvePointsResult(from: decoder)
    geometry = try container.decode(PathGeometry.self, forKey: .geometry)
    disagreement = try container.decodeIfPresent(Disagreement.self, forKey: .disagreement)
  }

  package func encode(to encoder: any Encoder) throws {
    try path.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(geometry, forKey: .geometry)
    try container.encodeIfPresent(disagreement, forKey: .disagreement)
  }
}

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
