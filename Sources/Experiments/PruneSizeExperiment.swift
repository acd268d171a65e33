import Laboratory
import Networks
import Pruning
import Recipes

extension Workbench {
  /// Prunes in iterations and sums what each removes; neither scores nor masks are written.
  func pruneSize(_ recipe: PruneSizeRecipe, _ assignment: Assignment) throws -> PruneSizeResult {
    let network = Network(recipe.scored.problem)
    let scoring = try scoring(recipe.scored, assignment, network: network)
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
      let scoring = try scoring(mask, iteration)
      let output = try scoring.summedOutput()
      let scores = try scoring.scores(by: recipe.scored.criterion)
      before = (scores, mask, output)
      return scores
    }
    try finish(mask)
    return PruneSizeResult(iterations: iterations)
  }
}
