/// Points between two networks and what was measured at each, whichever way the path runs.
package protocol MeasuredPath {
  /// Position of each point, from 0 at the start to 1 at the end.
  var positions: [Double] { get }
  /// Evaluations of each point, one per policy of batch norm's statistics.
  var evaluations: [[PointEvaluation]] { get }
}

extension MeasuredPath {
  /// `quantity` on `split` at each point under the policy at `index`; `nil` where the loss is not finite, and
  /// everywhere on a split that was not measured.
  package func values(_ quantity: PathQuantity, on split: PathSplit, policy index: Int = 0)
    -> [Double?]
  {
    evaluations.map { point in
      let evaluation = split == .test ? point[index].test : point[index].train
      return evaluation?.value(of: quantity)
    }
  }

  /// The summary of `quantity` on `split` under the policy at `index`, over arcs between the points where they
  /// are given; `nil` where an end has no value.
  package func summary(
    _ quantity: PathQuantity, on split: PathSplit, policy index: Int = 0, arcs: [Double]? = nil
  ) -> PathSummary? {
    PathSummary(
      positions: positions, values: values(quantity, on: split, policy: index), arcs: arcs)
  }
}

extension Evaluation {
  /// Error in percent or loss in nats; `nil` where the loss is not finite.
  package func value(of quantity: PathQuantity) -> Double? {
    loss.map { quantity == .loss ? $0 : error }
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
