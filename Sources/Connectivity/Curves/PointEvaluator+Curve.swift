package import Recipes

extension PointEvaluator {
  /// Error and loss at `count` points of `curve`, t at equal distances from 0 to 1.
  ///
  /// Ensembles are the start with each point, and start, middle and end together; the middle is the point
  /// number ⌊(count − 1) / 2⌋ from 0.
  ///
  /// - Parameters:
  ///   - progress: called with the part that is done.
  ///   - observe: shown what ensembles are made of, where they are measured.
  package func evaluate(
    _ curve: Curve, points count: Int, ensembles: Bool, progress: (Double) -> Void = { _ in },
    observe: Observer? = nil
  ) throws -> CurvePointsResult {
    let positions = PathPositions.evenlySpaced(count)
    var scores = EnsembleScores(points: count, policies: measurement.statistics.count)
    let observed: Observer = { point, policy, logits, labels in
      try observe?(point, policy, logits, labels)
      scores.add(
        try ClassProbabilities(logits: logits, labels: labels), of: point, policy: policy)
    }
    let evaluations = try evaluate(
      combinations: positions.map(curve.shape.coefficients(at:)), of: curve.controls,
      progress: progress, observe: ensembles ? observed : nil)
    return CurvePointsResult(
      evaluations: evaluations,
      ensembles: positions.indices.map { ensembles ? scores.withStart($0) : [] },
      trios: ensembles ? scores.ofThree : [], products: try curve.products())
  }
}
