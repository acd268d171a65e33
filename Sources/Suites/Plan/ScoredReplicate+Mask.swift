import Laboratory
import Randomness
import Recipes
import Wording

extension ScoredReplicate {
  /// Adds the mask that `method` finds at `density`, scores too where they are ranked once; equal to an
  /// ablation suite's.
  ///
  /// - Parameter training: the dense training that keeps the weights that are scored, where they are
  ///   trained ones.
  func addMask(
    _ method: Method, _ density: Density, of training: Key?, to builder: inout PlanBuilder
  ) throws -> Key {
    let (ranking, step) = (method.ranking, suite.iterations(before: method.maskFrom))
    let scored = scored(method, after: step)
    var inputs = inputs(after: step, of: training)
    if ranking.schedule == .oneShot {
      let key = try builder.add(
        scored, inputs: inputs, label: "scores \(method.name) · replicate \(replicate)")
      inputs = [InputRole.scores: key]
    }
    let recipe = MaskRecipe(
      problem: suite.problem,
      scores: ranking.schedule == .oneShot ? .artifact : .iterative(scored, ranking.schedule),
      density: density, scope: ranking.scope, selection: .highest, excluded: ranking.excluded)
    return try builder.add(
      recipe, inputs: inputs,
      label: "mask \(method.name) · \(Format.percent(density.value)) · replicate \(replicate)")
  }

  /// Draws the order of examples, and their augmentation, of a child of the dense network, from 1.
  func order(ofChild number: Int) -> StreamPath { streams.order / "child \(number)" }
}
