import Laboratory
import Randomness
import Recipes
import Wording

/// Which levels of a ladder are trained.
enum LadderTrainings {
  /// Every one.
  case all
  /// Those whose weights the next level's mask is found on.
  case neededByMasks
}

extension ScoredReplicate {
  /// Adds the dense network's training, which keeps its weights after `steps` and the last.
  ///
  /// It records what every training of a lottery suite does, so that all ladders share it.
  func addDense(keeping steps: Set<Int>, to builder: inout PlanBuilder) throws -> Key {
    let recipe = TrainingRecipe(
      problem: suite.problem, weights: weights(after: 0), training: suite.training,
      order: streams.order, keeps: (steps.filter { $0 > 0 } + [suite.duration]).sorted(), start: 0,
      scheduleStart: 0, reinitializes: nil, device: suite.device, precision: suite.precision,
      measures: Set(TrainingMeasure.allCases))
    return try builder.add(
      recipe, label: "training \(Method.dense) · replicate \(replicate)")
  }

  /// The recipe of a training that goes on from the dense network's weights after `iteration` steps to the
  /// end of the schedule, learning rate and data order where they were; its mask is an input.
  ///
  /// - Parameters:
  ///   - order: the streams of the data order; `nil` for the dense network's.
  ///   - keeps: steps after which weights are kept.
  func rewound(to iteration: Int, order: StreamPath? = nil, keeps: [Int] = []) -> TrainingRecipe {
    TrainingRecipe(
      problem: suite.problem, weights: weights(after: iteration), training: suite.training,
      order: order ?? streams.order, keeps: keeps, start: iteration, scheduleStart: iteration,
      reinitializes: nil, device: suite.device, precision: suite.precision,
      measures: Set(TrainingMeasure.allCases))
  }

  /// Adds the levels of `ladder`, the dense network first.
  ///
  /// - Parameters:
  ///   - iteration: the step k whose weights every level's training goes on from; 0 is initialization.
  ///   - dense: the dense network's training, which keeps its weights after k steps and the last:
  ///     ``addDense(keeping:to:)``.
  ///   - levels: how many; the ladder's by default.
  ///   - trainings: which levels are trained.
  func climb(
    _ ladder: LotteryLadder, rewindingTo iteration: Int, dense: Key, levels: Int? = nil,
    trainings: LadderTrainings = .all, to builder: inout PlanBuilder
  ) throws -> [LadderLevel] {
    let count = levels ?? ladder.levels
    var climbed = [LadderLevel(number: 0, density: .one, mask: nil, training: dense)]
    for number in 1..<(count + 1) {
      let parent = ladder.schedule == .oneShot ? climbed[0] : climbed[number - 1]
      let density = ladder.density(ofLevel: number)
      let mask = try addMask(ladder, number, density, after: parent, to: &builder)
      var training: Key?
      if trainings == .all || ladder.schedule == .iterative && number < count {
        let recipe = rewound(
          to: iteration,
          order: ladder.dataOrder == .fresh ? streams.order(ofLevel: number) : nil,
          keeps: [suite.duration])
        training = try builder.add(
          recipe,
          inputs: inputs(after: iteration, of: dense).merging([InputRole.mask: mask]) { $1 },
          label: label("training ticket", density, rewoundTo: iteration))
      }
      climbed.append(
        LadderLevel(number: number, density: density, mask: mask, training: training))
    }
    return climbed
  }

  /// A mask of the weights that `parent` ends with; what is pruned there stays pruned.
  private func addMask(
    _ ladder: LotteryLadder, _ number: Int, _ density: Density, after parent: LadderLevel,
    to builder: inout PlanBuilder
  ) throws -> Key {
    let ranking = ladder.ranking
    guard let training = parent.training else {
      preconditionFailure("level \(parent.number) is not trained")
    }
    var inputs = [InputRole.weights: training]
    inputs[InputRole.mask] = parent.mask
    let scores = try builder.add(
      ScoresRecipe(
        problem: suite.problem, weights: weights(after: suite.duration),
        criterion: ranking.criterion, scoring: ranking.scoring,
        stream: streams.scoring(ranking.criterion, method: "lottery")),
      inputs: inputs, label: "scores lottery · level \(parent.number) · replicate \(replicate)")
    inputs = [InputRole.scores: scores]
    inputs[InputRole.within] = parent.mask
    return try builder.add(
      MaskRecipe(
        problem: suite.problem, scores: .artifact, density: density, scope: ranking.scope,
        selection: .highest, excluded: ranking.excluded,
        ownDensities: ladder.ownDensities(ofLevel: number, in: suite.problem)),
      inputs: inputs, label: label("mask ticket", density))
  }

  /// `training ticket · 51.2 % · rewound to 500 · replicate 1`.
  func label(_ what: String, _ density: Density, rewoundTo iteration: Int = 0) -> String {
    ([what, Format.percent(density.value)]
      + (iteration == 0 ? [] : ["rewound to \(iteration)"])
      + ["replicate \(replicate)"]).joined(separator: " · ")
  }
}
