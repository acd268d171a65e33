/// What is seen from the first step of a walk on.
package struct TraceRecipe: WalkPart {
  package static let kind = "trace"
  package static let schema = 1

  /// What is looked at.
  package let walk: WalkRecipe
  /// The last step that is seen, always evaluated.
  package let end: Int
  /// Steps between evaluations on the validation split, counted from initialization.
  package let every: Int
  /// The validation split, and the test split where that is evaluated at the lowest validation loss.
  package let splits: [Split]

  /// A trace's recipe; the order in which `splits` are given does not matter.
  package init(walk: WalkRecipe, end: Int, every: Int, splits: Set<Split>) {
    self.walk = walk
    self.end = end
    self.every = every
    self.splits = Split.allCases.filter(splits.contains)
  }

  package var position: Int { end }

  /// Evaluations alone: the steps are a state's. Those on the test split at every new lowest validation loss are taken
  /// to be every second one.
  package var cost: Double {
    let (dataset, count) = (walk.problem.dataset, (end - walk.firstStep) / every + 1)
    return Estimate.least + walk.problem.cost(ofEvaluating: count * dataset.validation)
      + (splits.contains(.test)
        ? walk.problem.cost(ofEvaluating: count / 2 * dataset.source.testCount) : 0)
  }
}

/// What is seen along a walk: the `result` of a trace's record.
package struct TraceResult: Hashable, Sendable, Codable {
  /// Validation after some steps.
  package struct Point: Hashable, Sendable, Codable {
    /// Optimizer steps done since initialization.
    package let iteration: Int
    /// Evaluation on the validation split.
    package let validation: Evaluation
  }

  /// The validation curve.
  package private(set) var curve: [Point]
  /// Evaluation on the test split at ``earlyStopping``; `nil` where the recipe does not ask for it.
  package private(set) var earlyStoppingTest: Evaluation?
  /// Where the walk ended before the trace's end; `nil` where it did not.
  package var diverged: Divergence?

  /// A trace of which nothing is seen yet, or these points.
  package init(curve: [Point] = [], earlyStoppingTest: Evaluation? = nil) {
    self.curve = curve
    self.earlyStoppingTest = earlyStoppingTest
  }

  /// The step of the lowest validation loss, the first where several tie; losses that are not finite do not
  /// compete.
  package var earlyStopping: Point? {
    curve.filter { $0.validation.loss != nil }
      .min { $0.validation.loss! < $1.validation.loss! }
  }

  /// Adds the validation after `iteration` steps; `test` is asked where its loss is lower than any before.
  package mutating func append(
    _ validation: Evaluation, after iteration: Int, test: (() throws -> Evaluation)?
  ) throws {
    let before = earlyStopping
    curve.append(Point(iteration: iteration, validation: validation))
    if let test, earlyStopping != before { earlyStoppingTest = try test() }
  }
}
