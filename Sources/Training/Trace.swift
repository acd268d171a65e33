package import Recipes

extension Training {
  /// Looks at a state where `recipe` says so: evaluates the validation split, and the test split where that is asked
  /// for and the validation loss is lower than ever before.
  package func observe(
    _ state: TrainingState, for recipe: TraceRecipe, adding trace: inout TraceResult
  ) throws {
    let step = state.iteration
    guard step <= recipe.end, step == recipe.end || step % recipe.every == 0 else { return }
    func evaluation(on split: Split) throws -> Evaluation {
      try network.evaluate(state.weights, on: split, of: dataset, in: precision)
    }
    try trace.append(
      evaluation(on: .validation), after: step,
      test: recipe.splits.contains(.test) ? { try evaluation(on: .test) } : nil)
  }
}
