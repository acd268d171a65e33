package import Recipes

/// A ladder of nested masks, level by level sparser: iterative pruning with rewinding, or one-shot pruning
/// to the same densities.
///
/// Level 0 is the dense network. Level l keeps `N − ⌊(1 − rˡ)·N⌋` of the N weights that are ranked together,
/// r the fraction that every level keeps: counts come from the original N, so that masks nest and no
/// rounding piles up.
///
/// References: Frankle & Carbin, ICLR 2019, section 1 (rewinding to step 0, a rate of its own in the output
/// layer); Frankle, Dziugaite, Roy & Carbin, ICML 2020, algorithm 2 (rewinding to step k).
package struct LotteryLadder: Hashable, Sendable {
  /// What every level is scored on.
  package enum Schedule: String, Hashable, Sendable, CaseIterable {
    /// The weights at the end of the training of the level before.
    case iterative
    /// The weights at the end of the dense network's training.
    case oneShot = "one-shot"
  }

  /// The order in which a level's training visits examples.
  package enum DataOrder: String, Hashable, Sendable, CaseIterable {
    /// As the dense network's training did after the rewinding step.
    case repeated
    /// Drawn for every level.
    case fresh
  }

  /// Levels below the dense network, at least 1.
  package let levels: Int
  /// Fraction that every level keeps of the one before: 1 − rate.
  package let kept: Density
  /// The same of the output layer, ranked by itself; `nil` where it is ranked as the others are.
  package let keptInOutput: Density?
  /// Criterion, scoring set, scope, tensors left whole; its schedule is not used.
  package let ranking: RankingSpecification
  /// What every level is scored on.
  package let schedule: Schedule
  /// The order in which a level's training visits examples.
  package let dataOrder: DataOrder

  /// The density of level 0, 1, …, of the weights that are ranked together; the output layer with a rate of
  /// its own left out.
  package func density(ofLevel level: Int) -> Density {
    guard let density = kept.raised(to: level) else {
      preconditionFailure("level \(level) keeps nothing that a density can name")
    }
    return density
  }

  /// The densities of levels 1, 2, ….
  package var densities: [Density] { (1...levels).map(density(ofLevel:)) }

  /// The mask at `level` of scores that are an artifact of their own.
  package func mask(ofLevel level: Int, in problem: Problem) -> MaskRecipe {
    MaskRecipe(
      problem: problem, scores: .artifact, density: density(ofLevel: level), scope: ranking.scope,
      selection: .highest, excluded: ranking.excluded,
      ownDensities: ownDensities(ofLevel: level, in: problem))
  }

  /// The densities at `level` of tensors that are ranked by themselves.
  private func ownDensities(ofLevel level: Int, in problem: Problem) -> [String: Density] {
    guard let keptInOutput, let density = keptInOutput.raised(to: level),
      let output = problem.outputLayer
    else { return [:] }
    return [output: density]
  }

  /// The last level whose training any of `densities` needs; 0 for none of the ladder's.
  package func lastLevel(reaching densities: some Sequence<Density>) -> Int {
    densities.compactMap { wanted in (0...levels).first { density(ofLevel: $0) == wanted } }
      .max() ?? 0
  }
}

extension Problem {
  /// The name of the last prunable tensor, whose outputs are the logits.
  var outputLayer: String? { tensors.last(where: \.isPrunable)?.name }
}
