package import Laboratory
import Recipes

/// An analysis as work: every artifact once, and the cells that its report reads.
package struct AnalysisPlan<Cell: Hashable & Sendable>: Sendable {
  /// Each after the artifacts it needs; replicate by replicate.
  package let artifacts: [Artifact]
  /// Replicate by replicate, in the suite's order.
  package let cells: [Cell]

  /// A plan.
  package init(artifacts: [Artifact], cells: [Cell]) {
    self.artifacts = artifacts
    self.cells = cells
  }
}

/// What the analyses of scores have in common: one replicate's networks and what scores them.
struct ScoredReplicate {
  let suite: Suite
  let replicate: Int
  let streams: AblationStreams

  init(_ suite: Suite, _ replicate: Int) {
    self.suite = suite
    self.replicate = replicate
    streams = AblationStreams(seed: suite.seed, replicate: replicate)
  }

  /// The recipe of a method's scores of the weights after `iteration` steps.
  func scored(_ method: Method, after iteration: Int) -> ScoresRecipe {
    let ranking = method.ranking
    return ScoresRecipe(
      problem: suite.problem, weights: weights(after: iteration), criterion: ranking.criterion,
      scoring: ranking.scoring,
      stream: streams.scoring(ranking.criterion, method: method.name))
  }

  /// Adds the training whose weights are scored after `steps`; `nil` where only initialization is.
  func addTraining(keeping steps: Set<Int>, to builder: inout PlanBuilder) throws -> Key? {
    let keeps = steps.filter { $0 > 0 }.sorted()
    guard !keeps.isEmpty else { return nil }
    let recipe = TrainingRecipe(
      problem: suite.problem, weights: weights(after: 0), training: suite.training,
      order: streams.order, keeps: keeps, start: 0, scheduleStart: 0, reinitializes: nil,
      device: suite.device, precision: suite.precision)
    return try builder.add(
      recipe, label: "training \(Method.dense) · replicate \(replicate)")
  }

  /// The inputs of an artifact that scores the weights after `iteration` steps of `training`.
  func inputs(after iteration: Int, of training: Key?) -> [String: Key] {
    guard iteration > 0, let training else { return [:] }
    return [InputRole.weights: training]
  }

  /// Weights of the dense network after `iteration` steps.
  func weights(after iteration: Int) -> WeightsSource {
    iteration == 0
      ? .initialization(
        InitializationRecipe(initializer: suite.initializer, stream: streams.initialization))
      : .checkpoint(iteration: iteration)
  }
}

extension Method {
  /// The ranking of a method that has no mask files, as all methods of these analyses.
  var ranking: RankingSpecification {
    guard case .ranking(let ranking, _) = source else {
      preconditionFailure("\(name): mask files have no ranking")
    }
    return ranking
  }

  /// The step whose weights are scored.
  var maskFrom: TrainingPoint {
    guard case .ranking(_, let maskFrom) = source else { return .step(.zero) }
    return maskFrom
  }
}
