extension LayerKind {
  /// Each number is 0 with probability `rate`, or else divided by 1 − rate, anew in every step of training; evaluations and
  /// scores take all numbers as they are.
  package static let dropout = LayerKind(
    "dropout",
    options: [LayerOption("rate", .number(.from0Below1, noun: "probability"), example: 0.5)],
    shorthand: "rate", response: .linear, hasProgram: false)
}

extension LayerPlan {
  /// Dropout of single numbers (Srivastava et al., JMLR 2014).
  package static func dropout(rate: Double) -> LayerPlan {
    LayerPlan(.dropout, ["rate": .number(rate)])
  }
}
