import Laboratory
import Networks
import Pruning
import Recipes

extension Workbench {
  /// Counts what is kept of every layer; neither scores nor masks are written.
  func collapse(_ recipe: CollapseRecipe, _ assignment: Assignment) throws -> CollapseResult {
    let network = Network(recipe.scored.problem)
    let all = Mask(keepingAllOf: network)
    let subject: (Mask) throws -> any PruningSubject
    if recipe.schedule == .oneShot {
      let scores = try scoring(recipe.scored, assignment, network: network)(all, 1)
        .scores(by: recipe.scored.criterion)
      subject = { MaskedSubject($0) { _, _ in scores } }
    } else {
      subject = try self.subject(recipe.scored, assignment, network: network)
    }
    let points = try recipe.densities.enumerated().map { index, density in
      let ranking = try IterativePruning(
        schedule: recipe.schedule, density: density, scope: recipe.scope, excluded: recipe.excluded
      ).run(
        try subject(all), keeping: .highest,
        progress: { assignment.report((Double(index) + $0) / Double(recipe.densities.count)) })
      return CollapseResult.Point(
        density: density, kept: ranking.iterations.last!, zeroScores: ranking.zeroScores,
        ties: ranking.ties)
    }
    return CollapseResult(
      layers: all.layers.map(\.name), sizes: all.layers.map(\.kept.count), points: points)
  }
}
