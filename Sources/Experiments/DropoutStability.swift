import Connectivity
package import Laboratory
import Networks
import Randomness
package import Recipes

extension DropoutStabilityRecipe: SoloAct {
  /// Drops halves of both networks and walks between them through networks of half their width.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> Outcome<
    DropoutStabilityResult
  > {
    let network = Network(problem)
    let layers = try network.architecture.plainLayers()
    if let divergence = try assignment.divergence(of: [InputRole.start, InputRole.end]) {
      return .diverged(divergence)
    }
    let evaluator = PointEvaluator(
      network, try bench.dataset(problem.dataset, for: assignment), measurement)
    func measured(_ role: String, _ iteration: Int) throws -> (
      weights: Weights, stability: DropoutStability
    ) {
      let weights = try assignment.weights(after: iteration, of: role, for: network)
      return (
        weights,
        try DropoutStability(
          of: weights, layers, measuredBy: evaluator, draws: draws,
          stream: stream / role)
      )
    }
    let start = try measured(InputRole.start, startIteration)
    let end = try measured(InputRole.end, endIteration)
    let path = try HalfWidthPath(
      from: start.weights, start.stability.halves, to: end.weights, end.stability.halves,
      layers: layers)
    let positions = path.positions(within: pointsWithin)
    let networks = start.stability.dropped + end.stability.dropped
    let found = try evaluator.evaluate(
      networks.count + positions.count, progress: assignment.report
    ) { point in
      point < networks.count
        ? networks[point] : try path.point(at: positions[point - networks.count])
    }.map { $0[0] }
    let evaluations = Array(found.dropFirst(networks.count))
    let count = layers.count - 1
    return .found(
      DropoutStabilityResult(
        start: .init(
          start.stability, layers, whole: evaluations.first!, Array(found.prefix(count))),
        end: .init(
          end.stability, layers, whole: evaluations.last!,
          Array(found.dropFirst(count).prefix(count))),
        segments: path.segments.map {
          .init(layer: layers[$0.layer].name, isConstant: $0.isConstant)
        },
        positions: positions, evaluations: evaluations))
  }
}

extension DropoutStabilityResult.End {
  /// An end with its layers from the top down.
  fileprivate init(
    _ stability: DropoutStability, _ layers: [PlainLayer], whole: PointEvaluation,
    _ evaluations: [PointEvaluation]
  ) {
    self.init(
      whole: whole,
      drops: zip(stability.halves.kept.indices.reversed(), evaluations).map { hidden, evaluation in
        .init(
          layer: layers[hidden].name, units: layers[hidden].units,
          kept: stability.halves.kept[hidden].count, choice: stability.choices[hidden],
          evaluation: evaluation)
      })
  }
}
