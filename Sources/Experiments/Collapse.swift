package import Laboratory
import Networks
import Pruning
package import Recipes

extension CollapseRecipe: SoloAct {
  /// Counts what is kept of every layer; neither scores nor masks are written.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> CollapseResult {
    let network = Network(scored.problem)
    let all = Mask(keepingAllOf: network)
    let subject: (Mask) throws -> any PruningSubject
    if schedule == .oneShot {
      let scores = try bench.scoring(scored, assignment, network: network)(all, 1)
        .scores(by: scored.criterion)
      subject = { MaskedSubject($0) { _, _ in scores } }
    } else {
      subject = try bench.subject(scored, assignment, network: network)
    }
    let points = try densities.enumerated().map { index, density in
      let ranking = try IterativePruning(
        schedule: schedule, density: density, scope: scope, excluded: excluded
      ).run(
        try subject(all), keeping: .highest,
        progress: { assignment.report((Double(index) + $0) / Double(densities.count)) })
      return CollapseResult.Point(
        density: density, kept: ranking.iterations.last!, zeroScores: ranking.zeroScores,
        ties: ranking.ties)
    }
    return CollapseResult(
      layers: all.layers.map(\.name), sizes: all.layers.map(\.kept.count), points: points)
  }
}
