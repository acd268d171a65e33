import Laboratory
import Networks
import Pruning
import Recipes

extension Workbench {
  /// Prunes in iterations and sums what each removes; neither scores nor masks are written.
  func pruneSize(_ recipe: PruneSizeRecipe, _ assignment: Assignment) throws -> PruneSizeResult {
    let network = Network(recipe.scored.problem)
    let score = try scoredOutput(recipe.scored, assignment, network: network)
    var before: (scores: Scores, mask: Mask, output: Double)?
    var iterations: [PruneSizeResult.Iteration] = []
    func finish(_ after: Mask) throws {
      guard let last = before else { return }
      iterations.append(
        PruneSizeResult.Iteration(
          pruned: try last.scores.total(from: last.mask, to: after), output: last.output,
          kept: after.keptCount))
    }
    let (mask, _) = try IterativePruning(
      schedule: recipe.schedule, density: recipe.density, scope: .global, excluded: []
    ).run(from: Mask(keepingAllOf: network), keeping: .highest, progress: assignment.report) {
      mask, iteration in
      try finish(mask)
      // Of the former iteration nothing is left while the next one's scores are computed.
      before = nil
      let (scores, output) = try score(mask, iteration)
      before = (scores, mask, output)
      return scores
    }
    try finish(mask)
    return PruneSizeResult(iterations: iterations)
  }

  /// A function that gives scores and R under a mask.
  private func scoredOutput(_ recipe: ScoresRecipe, _ assignment: Assignment, network: Network)
    throws -> (Mask, Int) throws -> (Scores, Double)
  {
    if recipe.criterion == .synflow, network.runsAsProgram {
      let flow = try SynapticFlow(
        network, weights: try assignment.weights(from: recipe.weights, for: network))
      return { mask, _ in try flow.under(mask) }
    }
    let scoring = try scoring(recipe, assignment, network: network)
    return { mask, iteration in
      let scoring = try scoring(mask, iteration)
      return (try scoring.scores(by: recipe.criterion), try scoring.summedOutput())
    }
  }
}
