package import Laboratory
import Randomness
package import Recipes

extension ScoredReplicate {
  /// Adds the mask that `method` finds at `density`, scores too where they are ranked once.
  ///
  /// - Parameter inversion: ablations that rank the scores the other way round.
  package func mask(
    _ method: Method, _ density: Density, inversion: AblationCombination = .none,
    in builder: inout PlanBuilder
  ) throws -> Key {
    let ranking = method.ranking
    let (source, found) = try ranked(method, in: &builder)
    var inputs = found
    let selection = inversion.selection(ranking.scope)
    if selection == .lowestWithinLayers {
      inputs[InputRole.counts] = try mask(method, density, in: &builder)
    }
    let recipe = MaskRecipe(
      problem: suite.problem, scores: source, density: density, scope: ranking.scope,
      selection: selection, excluded: ranking.excluded)
    return try builder.add(
      recipe, inputs: inputs, label: label("mask", method.name, inversion, density))
  }

  /// What `method` ranks, and what is read for it: scores that are there, or weights that are scored again and again.
  private func ranked(
    _ method: Method, in builder: inout PlanBuilder
  ) throws -> (MaskRecipe.Scores, inputs: [String: Key]) {
    if let scores = try scores(method, in: &builder) {
      return (.artifact, [InputRole.scores: scores])
    }
    let (schedule, step) = (method.ranking.schedule, suite.iterations(before: method.maskFrom))
    return (
      .iterative(scored(method, after: step), schedule), try inputs(after: step, in: &builder)
    )
  }

  /// Adds the scores that `method` ranks once; `nil` where it scores again and again.
  package func scores(_ method: Method, in builder: inout PlanBuilder) throws -> Key? {
    if let scores = repeated.scores[method.name] { return scores }
    guard method.ranking.schedule == .oneShot else { return nil }
    let step = suite.iterations(before: method.maskFrom)
    let scores = try builder.add(
      scored(method, after: step), inputs: inputs(after: step, in: &builder),
      label: "scores \(method.name) · replicate \(replicate)")
    repeated.scores[method.name] = scores
    return scores
  }

  /// Adds the mask of a file; `index` is the density's place among the suite's.
  package func importedMask(
    _ method: Method, _ files: MaskFiles, at index: Int, _ density: Density,
    in builder: inout PlanBuilder
  ) throws -> Key {
    try builder.add(
      ImportedMaskRecipe(
        problem: suite.problem, digest: files.digests[replicate - 1][index], density: density,
        renames: files.renames),
      inputs: [:], label: label("imported mask", method.name, .none, density))
  }

  /// Adds `mask` as `ablation` changes it.
  package func change(
    _ mask: Key, by ablation: Ablation, label: String, in builder: inout PlanBuilder
  ) throws -> Key {
    // No other artifact has its recipe, which draws from a stream of this mask.
    try builder.add(
      DescribedWork(
        AblatedMaskRecipe(
          problem: suite.problem, ablation: ablation, stream: streams.ablation(ablation, of: mask))),
      inputs: [InputRole.mask: mask], label: label)
  }

  /// `mask SNIP · invert-global · 51.2 % · replicate 1`.
  package func label(
    _ kind: String, _ method: String, _ combination: AblationCombination, _ density: Density
  ) -> String {
    "\(words("\(kind) \(method)", combination, density)) · replicate \(replicate)"
  }

  /// The same without the replicate.
  package func words(_ what: String, _ combination: AblationCombination, _ density: Density)
    -> String
  {
    ([what] + (combination == .none ? [] : [combination.name]) + [percent(density)])
      .joined(separator: " · ")
  }
}
