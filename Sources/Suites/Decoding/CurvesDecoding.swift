extension Field {
  /// Reads `learning-curves:`, which take examples that are held out.
  package func learningCurves(_ frame: SuiteFrame) -> Bool {
    guard flag() ?? false else { return false }
    if frame.problem?.dataset.validation == 0 {
      report(
        .inapplicable(
          owner: "suites that hold no examples out, which have no validation split",
          remedy: "write `validation:` with a number of examples below `dataset:`"))
    }
    return true
  }
}
