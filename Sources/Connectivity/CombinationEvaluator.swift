package import Networks
package import Recipes

/// Measures linear combinations of a few networks, whoever evaluates them.
package protocol CombinationEvaluator {
  /// The measurements of combinations, `[point][policy]`, policies in the measurement's order.
  ///
  /// - Parameters:
  ///   - coefficients: for every point one per network of `basis`.
  ///   - progress: called with the fraction done.
  func evaluate(
    combinations coefficients: [[Double]], of basis: [Weights], progress: (Double) -> Void
  ) throws -> [[PointEvaluation]]
}

extension CombinationEvaluator {
  /// Error and loss along the segment from `start` to `end`, without ensembles, and without what the ends predict.
  ///
  /// - Parameters:
  ///   - parent: the weights both were trained from, to measure distances from.
  ///   - progress: called with the fraction done.
  package func evaluateSegment(
    from start: Weights, to end: Weights, points: Int, parent: Weights?,
    progress: (Double) -> Void = { _ in }
  ) throws -> SegmentResult {
    let curve = Curve(.segment, controls: [start, end])
    let positions = PathPositions.evenlySpaced(points)
    let evaluations = try evaluate(
      combinations: positions.map(curve.shape.coefficients(at:)), of: curve.controls,
      progress: progress)
    return SegmentResult(
      path: CurvePointsResult(
        evaluations: evaluations, ensembles: positions.map { _ in [] }, trios: [],
        products: try curve.products()),
      geometry: try PathGeometry(from: start, to: end, parent: parent), disagreement: nil)
  }
}
