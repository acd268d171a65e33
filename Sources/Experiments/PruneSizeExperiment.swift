import Laboratory
import Networks
import Pruning
import Recipes

extension Workbench {
  /// Prunes in iterations and sums what each removes; neither scores nor masks are written.
  func pruneSize(_ recipe: PruneSizeRecipe, _ assignment: Assignment) throws -> PruneSizeResult {
    let network = Network(recipe.scored.problem)
    let (subject, output) = try scoredOutput(recipe.scored, assignment, network: network)
    var sizes: [(pruned: Double, output: Double)] = []
    let ranking = try IterativePruning(
      schedule: recipe.schedule, density: recipe.density, scope: .global, excluded: []
    ).run(subject, keeping: .highest, progress: assignment.report) {
      sizes.append((try $0.prunedTotal(), output()))
    }
    return PruneSizeResult(
      iterations: zip(sizes, ranking.iterations).map { size, counts in
        PruneSizeResult.Iteration(
          pruned: size.pruned, output: size.output, kept: counts.reduce(0, +))
      })
  }

  /// The whole network as it is pruned, and a function that tells R of the last scores.
  private func scoredOutput(_ recipe: ScoresRecipe, _ assignment: Assignment, network: Network)
    throws -> (any PruningSubject, () -> Double)
  {
    let all = Mask(keepingAllOf: network)
    if SynapticFlow.prunes(network, by: recipe.criterion) {
      let flow = try SynapticFlow(
        network, weights: try assignment.weights(from: recipe.weights, for: network))
      try flow.start(from: all)
      return (flow, { flow.output })
    }
    let scoring = try scoring(recipe, assignment, network: network)
    var output = 0.0
    let subject = MaskedSubject(all) { mask, iteration in
      let scoring = try scoring(mask, iteration)
      output = try scoring.summedOutput()
      return try scoring.scores(by: recipe.criterion)
    }
    return (subject, { output })
  }
}
