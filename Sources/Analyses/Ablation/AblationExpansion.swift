import Laboratory
import Recipes
package import Suites

extension AblationDesign {
  /// The dense network, then each method and its ablations at each density.
  package func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws
    -> [AblationCell]
  {
    try AblationExpansion(design: self, own: replicate).cells(in: &builder)
  }
}

/// Expands one replicate.
private struct AblationExpansion {
  let design: AblationDesign
  let own: ScoredReplicate

  private var suite: Suite { own.suite }

  /// Adds every artifact and gives the cells.
  func cells(in builder: inout PlanBuilder) throws -> [AblationCell] {
    var cells: [AblationCell] = []
    if design.recordsDense {
      cells.append(
        AblationCell(
          method: Method.dense, combination: .none, density: .one, replicate: own.replicate,
          training: try own.dense.training(every: suite.evaluateEvery, in: &builder), mask: nil,
          totalTrainingSteps: suite.duration))
    }
    for method in design.methods {
      for (index, density) in design.densities.enumerated() {
        var original: TrainingArtifacts?
        var masks: [AblationCombination: Key] = [:]
        for combination in [.none] + method.ablations
        where design.asks(method, combination, at: density) {
          let cell = try cell(
            method, combination, (density, index), &masks, against: original, in: &builder)
          original = original ?? cell.training
          cells.append(cell)
        }
      }
    }
    return cells
  }

  private func cell(
    _ method: Method, _ combination: AblationCombination, _ place: (density: Density, index: Int),
    _ masks: inout [AblationCombination: Key], against original: TrainingArtifacts?,
    in builder: inout PlanBuilder
  ) throws -> AblationCell {
    let (density, inversion) = (place.density, combination.inversion)
    var mask = try masks[inversion] ?? self.mask(method, inversion, place, in: &builder)
    masks[inversion] = mask
    for ablation in combination.ablations where ablation.changesMask {
      mask = try own.change(
        mask, by: ablation,
        label: own.label(ablation.name, method.name, inversion, density), in: &builder)
    }
    let walk = try walk(method, combination, density, under: mask, in: &builder)
    let fresh = combination.start == .fresh
    let denseSteps = max(
      suite.iterations(before: method.maskFrom),
      fresh ? 0 : suite.iterations(before: method.continuation.weights))
    return AblationCell(
      method: method.name, combination: combination, density: density, replicate: own.replicate,
      training: try walk.training(
        every: suite.evaluateEvery, against: fresh ? original : nil, in: &builder),
      mask: mask, totalTrainingSteps: denseSteps + walk.end - walk.recipe.firstStep)
  }

  private func walk(
    _ method: Method, _ combination: AblationCombination, _ density: Density, under mask: Key,
    in builder: inout PlanBuilder
  ) throws -> PlannedWalk {
    let precision = combination.precision(suite.precision)
    let words = own.words(method.name, combination, density)
    // A start that is not known here would pass for the method itself.
    switch combination.start {
    case .fresh:
      return try own.walk(
        fromDraw: own.streams.reinitialization, precision: precision, under: mask, words: words)
    case .otherReplicate: preconditionFailure("\(combination.name) is no ablation of methods")
    case nil: break
    }
    return try own.walk(of: method, under: mask, precision: precision, words: words, in: &builder)
  }

  private func mask(
    _ method: Method, _ inversion: AblationCombination, _ place: (density: Density, index: Int),
    in builder: inout PlanBuilder
  ) throws -> Key {
    guard case .masks(let files) = method.source else {
      return try own.mask(method, place.density, inversion: inversion, in: &builder)
    }
    return try own.importedMask(method, files, at: place.index, place.density, in: &builder)
  }
}
