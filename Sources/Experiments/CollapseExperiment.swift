import Laboratory
import Networks
import Pruning
import Recipes

extension Workbench {
  /// Counts what is kept of every layer; neither scores nor masks are written.
  func collapse(_ recipe: CollapseRecipe, _ assignment: Assignment) throws -> CollapseResult {
    let network = Network(recipe.scored.problem)
    let all = Mask(keepingAllOf: network)
    var score = try scorer(recipe.scored, assignment, network: network)
    if recipe.schedule == .oneShot {
      let scores = try score(all, 1)
      score = { _, _ in scores }
    }
    let points = try recipe.densities.enumerated().map { index, density in
      let (mask, ranking) = try IterativePruning(
        schedule: recipe.schedule, density: density, scope: recipe.scope, excluded: recipe.excluded
      ).run(
        from: all, keeping: .highest,
        progress: { assignment.report((Double(index) + $0) / Double(recipe.densities.count)) },
        score: score)
      return CollapseResult.Point(
        density: density, kept: mask.layers.map(\.keptCount), zeroScores: ranking.zeroScores,
        ties: ranking.ties)
    }
    return CollapseResult(
      layers: all.layers.map(\.name), sizes: all.layers.map(\.kept.count), points: points)
  }
}
