import Networks
package import Recipes

extension PointEvaluator {
  /// Error and loss at `count` points of `curve`, t at equal distances from 0 to 1.
  ///
  /// Ensembles are the start with each point, and start, middle and end together; the middle is the point
  /// number ⌊(count − 1) / 2⌋ from 0.
  ///
  /// - Parameter progress: called with the part that is done.
  package func evaluate(
    _ curve: Curve, points count: Int, ensembles: Bool, progress: (Double) -> Void = { _ in }
  ) throws -> CurvePointsResult {
    precondition(count >= 3, "a curve of \(count) points")
    let policies = measurement.statistics
    // Probabilities by policy.
    var (start, middle, last): ([ClassProbabilities], [ClassProbabilities], [ClassProbabilities]) =
      ([], [], [])
    let points = try (0..<count).map { index in
      let t = Double(index) / Double(count - 1)
      let weights = try curve.point(at: t)
      guard ensembles else {
        let evaluations = try evaluate(weights)
        progress(Double(index + 1) / Double(count))
        return CurvePointsResult.Point(t: t, evaluations: evaluations, ensembles: [])
      }
      let (evaluations, probabilities) = try predict(weights)
      if index == 0 { start = probabilities }
      if index == (count - 1) / 2 { middle = probabilities }
      last = probabilities
      progress(Double(index + 1) / Double(count))
      return CurvePointsResult.Point(
        t: t, evaluations: evaluations,
        ensembles: policies.indices.map { ClassProbabilities.ensemble([start[$0], last[$0]]) })
    }
    return CurvePointsResult(
      points: points,
      trios: ensembles
        ? policies.indices.map { ClassProbabilities.ensemble([start[$0], middle[$0], last[$0]]) }
        : [],
      products: try curve.products())
  }

  /// What ``evaluate(_:)`` measures, and the probabilities on the test split, under each policy.
  private func predict(_ weights: Weights) throws -> ([PointEvaluation], [ClassProbabilities]) {
    var (evaluations, all): ([PointEvaluation], [ClassProbabilities]) = ([], [])
    for policy in measurement.statistics {
      let weights = try prepared(weights, policy)
      var (probabilities, correct, lossSum) = (ClassProbabilities(classes: network.classes), 0, 0.0)
      try network.forEachBatch(weights, of: testIndices, from: .test, of: dataset, in: precision) {
        logits, labels in
        let part = try logits.evaluation(labels)
        correct += part.correct
        lossSum += part.lossSum
        try probabilities.append(logits: logits, labels: labels)
      }
      let loss = lossSum / Double(testIndices.count)
      evaluations.append(
        PointEvaluation(
          train: trainingSubset.isEmpty
            ? nil
            : try network.evaluate(
              weights, examples: trainingSubset, of: .train, of: dataset, in: precision),
          test: Evaluation(
            correct: correct, count: testIndices.count, loss: loss.isFinite ? loss : nil)))
      all.append(probabilities)
    }
    return (evaluations, all)
  }
}
