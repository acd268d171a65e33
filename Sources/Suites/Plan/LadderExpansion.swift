package import Laboratory
package import Randomness
package import Recipes
import Wording

/// One level of a ladder in one replicate.
package struct LadderLevel {
  /// 0 is the dense network.
  package let number: Int
  /// Fraction kept of the weights that are ranked together.
  package let density: Density
  /// The mask; `nil` at level 0.
  package let mask: Key?
  /// The training of the weights at the rewinding step under the mask.
  package let walk: PlannedWalk
}

extension ScoredReplicate {
  /// Adds the masks of `ladder`, and of the trainings what they need; the dense network comes first.
  ///
  /// - Parameters:
  ///   - ladder: the levels and how each is pruned.
  ///   - iteration: the step k whose weights every level's training goes on from; 0 is initialization.
  ///   - levels: how many; the ladder's by default.
  ///   - builder: takes the artifacts.
  package func climb(
    _ ladder: LotteryLadder, rewindingTo iteration: Int, levels: Int? = nil,
    in builder: inout PlanBuilder
  ) throws -> [LadderLevel] {
    var climbed = [LadderLevel(number: 0, density: .one, mask: nil, walk: dense)]
    for number in 1..<((levels ?? ladder.levels) + 1) {
      let parent = ladder.schedule == .oneShot ? climbed[0] : climbed[number - 1]
      let density = ladder.density(ofLevel: number)
      let mask = try mask(
        ladder, number, density, after: parent, rewoundTo: iteration, in: &builder)
      climbed.append(
        LadderLevel(
          number: number, density: density, mask: mask,
          walk: try walk(
            from: iteration, order: order(ofLevel: number, of: ladder), under: mask,
            words: words("ticket", density, rewoundTo: iteration), in: &builder)))
    }
    return climbed
  }

  /// The streams of the data order at a level.
  package func order(ofLevel number: Int, of ladder: LotteryLadder) -> StreamPath {
    ladder.dataOrder == .fresh ? streams.order(ofLevel: number) : streams.order
  }

  /// A mask of the weights that `parent` ends with; what is pruned there stays pruned.
  private func mask(
    _ ladder: LotteryLadder, _ number: Int, _ density: Density, after parent: LadderLevel,
    rewoundTo iteration: Int, in builder: inout PlanBuilder
  ) throws -> Key {
    let ranking = ladder.ranking
    var inputs = [InputRole.weights: try parent.walk.state(in: &builder)]
    inputs[InputRole.mask] = parent.mask
    let scores = try builder.add(
      ScoresRecipe(
        problem: suite.problem, weights: weights(after: suite.duration),
        criterion: ranking.criterion, scoring: ranking.scoring,
        stream: streams.scoring(ranking.criterion)),
      inputs: inputs, label: label("scores ticket", parent.density, rewoundTo: iteration))
    inputs = [InputRole.scores: scores]
    inputs[InputRole.within] = parent.mask
    return try builder.add(
      ladder.mask(ofLevel: number, in: suite.problem), inputs: inputs,
      label: label("mask ticket", density, rewoundTo: iteration))
  }

  /// `mask ticket · 51.2 % · replicate 1`.
  package func label(_ what: String, _ density: Density, rewoundTo iteration: Int = 0) -> String {
    "\(words(what, density, rewoundTo: iteration)) · replicate \(replicate)"
  }

  /// `ticket · 51.2 % · rewound to 500`.
  package func words(_ what: String, _ density: Density, rewoundTo iteration: Int = 0) -> String {
    ([what, Format.percent(density.value)]
      + (iteration == 0 ? [] : ["rewound to \(iteration)"])).joined(separator: " · ")
  }
}
