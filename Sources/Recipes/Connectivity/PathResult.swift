/// The outcome of a walk from one network to another.
package struct PathResult: Hashable, Sendable, Codable {
  /// Position of each point, from 0 at the start to 1 at the end.
  package let positions: [Double]
  /// Evaluations of each point, one per policy of the recipe; empty where an end diverged.
  package let evaluations: [[PointEvaluation]]
  /// Where the ends lie; `nil` where one of them diverged.
  package let geometry: PathGeometry?
  /// How the ends' predictions differ; `nil` where one of them diverged.
  package let disagreement: Disagreement?

  /// A path's result.
  package init(
    positions: [Double], evaluations: [[PointEvaluation]], geometry: PathGeometry?,
    disagreement: Disagreement?
  ) {
    self.positions = positions
    self.evaluations = evaluations
    self.geometry = geometry
    self.disagreement = disagreement
  }

  /// Whether an end has no weights, its training having diverged.
  package var isDiverged: Bool { geometry == nil }

  /// `quantity` on `split` at each point under the policy at `index`; `nil` where the loss is not finite,
  /// and everywhere where an end diverged.
  package func values(_ quantity: PathQuantity, on split: PathSplit, policy index: Int = 0)
    -> [Double?]
  {
    guard !isDiverged else { return positions.map { _ in nil } }
    return evaluations.map { point in
      let evaluation = split == .test ? point[index].test : point[index].train
      return evaluation.flatMap { found in
        found.loss.map { quantity == .loss ? $0 : found.error }
      }
    }
  }

  /// The barrier of `quantity` on `split` under the policy at `index`; `nil` where an end has none.
  package func barrier(_ quantity: PathQuantity, on split: PathSplit, policy index: Int = 0)
    -> Barrier?
  {
    isDiverged
      ? nil : Barrier(positions: positions, values: values(quantity, on: split, policy: index))
  }
}

/// What is drawn along a path.
package enum PathQuantity: String, Hashable, Sendable, CaseIterable {
  /// Classification error in percent.
  case error
  /// Mean cross-entropy in nats.
  case loss
}

/// The examples that a path is measured on.
package enum PathSplit: String, Hashable, Sendable, CaseIterable {
  /// All test examples.
  case test
  /// The fixed subset of the training split.
  case train
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
