package import Laboratory
import Networks
import Pruning
package import Recipes

extension PruneSizeRecipe: SoloAct {
  /// Prunes in iterations and sums what each removes; neither scores nor masks are written.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> PruneSizeResult {
    let network = Network(scored.problem)
    let (subject, output) = try scoredOutput(bench, assignment, network: network)
    var sizes: [(pruned: Double, output: Double)] = []
    let ranking = try IterativePruning(
      schedule: schedule, density: density, scope: .global, excluded: []
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
  private func scoredOutput(_ bench: Workbench, _ assignment: Assignment, network: Network)
    throws -> (any PruningSubject, () -> Double)
  {
    let all = Mask(keepingAllOf: network)
    if SynapticFlow.prunes(network, by: scored.criterion) {
      let flow = try SynapticFlow(
        network, weights: try assignment.weights(from: scored.weights, for: network))
      try flow.start(from: all)
      return (flow, { flow.output })
    }
    let scoring = try bench.scoring(scored, assignment, network: network)
    var output = 0.0
    let subject = MaskedSubject(all) { mask, iteration in
      let scoring = try scoring(mask, iteration)
      output = try scoring.summedOutput()
      return try scoring.scores(by: scored.criterion)
    }
    return (subject, { output })
  }
}
