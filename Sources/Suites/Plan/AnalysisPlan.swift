package import Laboratory
package import Randomness
package import Recipes
import Wording

/// An analysis as work: every artifact once, and the cells that its report reads.
package struct AnalysisPlan<Cell: Hashable & Sendable>: Sendable {
  /// Each after the artifacts it needs; replicate by replicate.
  package private(set) var artifacts: [Artifact] = []
  /// Replicate by replicate, in the suite's order.
  package private(set) var cells: [Cell] = []
  /// Those of the first replicate, which every design asks for, whatever its number of replicates.
  package private(set) var first: [Cell] = []
  /// The training that a program does twice; `nil` where no program trains.
  package private(set) var repetition: Key?

  /// All that `analysis` asks of `suite`, of its first look where it has several.
  ///
  /// - Parameters:
  ///   - suite: the suite.
  ///   - analysis: what it asks.
  ///   - further: is asked with every plan what is to be asked of which replicates beyond; nothing unless given.
  package init<A: Analysis>(
    expanding suite: Suite, _ analysis: A,
    further: (Self) throws -> (replicates: ClosedRange<Int>, analysis: A)? = { _ in nil }
  ) throws where A.Cell == Cell {
    var builder = PlanBuilder()
    var next: (replicates: ClosedRange<Int>, analysis: A)? = (
      1...(suite.looks?.sizes[0] ?? suite.replicates), analysis
    )
    while let (replicates, analysis) = next {
      for number in replicates {
        let replicate = try ScoredReplicate(suite, number)
        if number == 1 { repetition = try replicate.repetition(in: &builder) }
        cells += try analysis.cells(replicate, in: &builder)
        if number == 1 { first = cells }
      }
      artifacts = builder.artifacts
      next = try further(self)
    }
  }
}

/// What a replicate is asked for again and again.
final class Repeated {
  private var walks: [WalkRecipe: WalkForm] = [:]
  private var percents: [Density: String] = [:]
  /// Scores that are ranked once, by the name of their method.
  var scores: [String: Key] = [:]

  func form(of recipe: WalkRecipe) throws -> WalkForm {
    if let form = walks[recipe] { return form }
    let form = try WalkForm(recipe)
    walks[recipe] = form
    return form
  }

  func percent(_ density: Density) -> String {
    if let text = percents[density] { return text }
    let text = Format.percent(density.value)
    percents[density] = text
    return text
  }
}

/// What the analyses of scores have in common: one replicate's networks and what scores them.
package struct ScoredReplicate {
  /// The suite.
  package let suite: Suite
  /// Its number, from 1.
  package let replicate: Int
  /// What it draws from.
  package let streams: AblationStreams
  /// The walk of the dense network, which all analyses share.
  package let dense: PlannedWalk
  let repeated = Repeated()

  package init(_ suite: Suite, _ replicate: Int) throws {
    self.suite = suite
    self.replicate = replicate
    streams = AblationStreams(seed: suite.seed, replicate: replicate)
    dense = try PlannedWalk(
      WalkRecipe(
        problem: suite.problem,
        start: .initialization(
          InitializationRecipe(initializer: suite.initializer, stream: streams.initialization)),
        training: suite.training, order: streams.order, device: suite.device,
        precision: suite.precision), inputs: [:],
      words: "\(Method.dense) · replicate \(replicate)")
  }

  /// A walk from the dense network's weights after `iteration` steps, learning rate and data order where they were.
  ///
  /// - Parameters:
  ///   - firstStep: where learning rate and data order begin; `iteration` unless stated.
  ///   - scheduleOffset: added to a step before a program's learning rate is asked.
  ///   - training: the suite's unless stated.
  ///   - order: the streams of the data order; the dense network's unless stated.
  ///   - words: what it is called beside its replicate.
  package func walk(
    from iteration: Int, firstStep: Int? = nil, scheduleOffset: Int = 0,
    training: TrainingSpecification? = nil, order: StreamPath? = nil, precision: Precision? = nil,
    under mask: Key?, words: String,
    in builder: inout PlanBuilder
  ) throws -> PlannedWalk {
    try walk(
      from: weights(after: iteration), inputs(after: iteration, in: &builder),
      firstStep: firstStep ?? iteration, scheduleOffset: scheduleOffset, training: training,
      order: order, precision: precision, under: mask, words: words)
  }

  /// A walk from a fresh network, from the start of the schedule on.
  package func walk(
    fromDraw stream: StreamPath, order: StreamPath? = nil, precision: Precision? = nil,
    under mask: Key?, words: String
  ) throws -> PlannedWalk {
    try walk(
      from: .initialization(
        InitializationRecipe(initializer: suite.initializer, stream: stream)), [:], firstStep: 0,
      training: nil, order: order, precision: precision, under: mask, words: words)
  }

  private func walk(
    from start: WeightsSource, _ inputs: [String: Key], firstStep: Int, scheduleOffset: Int = 0,
    training: TrainingSpecification?, order: StreamPath?, precision: Precision?, under mask: Key?,
    words: String
  ) throws -> PlannedWalk {
    var inputs = inputs
    inputs[InputRole.mask] = mask
    let recipe = WalkRecipe(
      problem: suite.problem, start: start, training: training ?? suite.training,
      order: order ?? streams.order, firstStep: firstStep, scheduleOffset: scheduleOffset,
      device: suite.device, precision: precision ?? suite.precision)
    return PlannedWalk(
      try repeated.form(of: recipe), inputs: inputs, words: "\(words) · replicate \(replicate)")
  }

  /// The dense training done twice, where a program does it; `nil` where the toolkit trains, or nothing is trained.
  func repetition(in builder: inout PlanBuilder) throws -> Key? {
    guard suite.problem.network.program != nil, suite.training != .none, dense.end > 0 else {
      return nil
    }
    return try builder.add(
      RepetitionRecipe(of: dense.recipe),
      inputs: [InputRole.weights: try dense.state(in: &builder)],
      label: "training \(dense.words) · once more")
  }

  /// A density in words.
  package func percent(_ density: Density) -> String { repeated.percent(density) }

  /// What an artifact needs that reads the dense network's weights after `iteration` steps.
  package func inputs(after iteration: Int, in builder: inout PlanBuilder) throws -> [String: Key] {
    iteration == 0
      ? [:]
      : [
        InputRole.weights: try dense.state(after: iteration, in: &builder)
      ]
  }

  /// Weights of the dense network after `iteration` steps.
  package func weights(after iteration: Int) -> WeightsSource {
    iteration == 0 ? dense.recipe.start : .checkpoint(iteration: iteration)
  }

  /// The recipe of a method's scores of the weights after `iteration` steps.
  package func scored(_ method: Method, after iteration: Int) -> ScoresRecipe {
    let ranking = method.ranking
    return ScoresRecipe(
      problem: suite.problem, weights: weights(after: iteration), criterion: ranking.criterion,
      scoring: ranking.scoring,
      stream: streams.scoring(ranking.criterion, draw: method.draw))
  }
}

extension Method {
  /// The ranking of a method that has no mask files, as all methods of these analyses.
  package var ranking: RankingSpecification {
    guard case .ranking(let ranking, _) = source else {
      preconditionFailure("\(name): mask files have no ranking")
    }
    return ranking
  }

  /// The step whose weights are scored.
  package var maskFrom: TrainingPoint {
    guard case .ranking(_, let maskFrom) = source else { return .step(.zero) }
    return maskFrom
  }
}
