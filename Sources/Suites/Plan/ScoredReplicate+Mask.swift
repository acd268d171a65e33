import Laboratory
import Randomness
import Recipes

extension ScoredReplicate {
  /// Adds the mask that `method` finds at `density`, scores too where they are ranked once.
  ///
  /// - Parameter inversion: ablations that rank the scores the other way round.
  func mask(
    _ method: Method, _ density: Density, inversion: AblationCombination = .none,
    in builder: inout PlanBuilder
  ) throws -> Key {
    let (ranking, step) = (method.ranking, suite.iterations(before: method.maskFrom))
    let scored = scored(method, after: step)
    var inputs = try inputs(after: step, in: &builder)
    let isOneShot = ranking.schedule == .oneShot
    if isOneShot {
      inputs = [
        InputRole.scores: try builder.add(
          scored, inputs: inputs, label: "scores \(method.name) · replicate \(replicate)")
      ]
    }
    let selection = inversion.selection(ranking.scope)
    if selection == .lowestWithinLayers {
      inputs[InputRole.counts] = try mask(method, density, in: &builder)
    }
    let recipe = MaskRecipe(
      problem: suite.problem,
      scores: isOneShot ? .artifact : .iterative(scored, ranking.schedule), density: density,
      scope: ranking.scope, selection: selection, excluded: ranking.excluded)
    return try builder.add(
      recipe, inputs: inputs, label: label("mask", method.name, inversion, density))
  }

  /// Adds `mask` as `ablation` changes it.
  func change(
    _ mask: Key, by ablation: Ablation, label: String, in builder: inout PlanBuilder
  ) throws -> Key {
    try builder.add(
      AblatedMaskRecipe(
        problem: suite.problem, ablation: ablation, stream: streams.ablation(ablation, of: mask)),
      inputs: [InputRole.mask: mask], label: label)
  }

  /// `mask SNIP · invert-global · 51.2 % · replicate 1`.
  func label(
    _ kind: String, _ method: String, _ combination: AblationCombination, _ density: Density
  ) -> String {
    "\(words("\(kind) \(method)", combination, density)) · replicate \(replicate)"
  }

  /// The same without the replicate.
  func words(_ what: String, _ combination: AblationCombination, _ density: Density) -> String {
    ([what] + (combination == .none ? [] : [combination.name]) + [percent(density)])
      .joined(separator: " · ")
  }
}
