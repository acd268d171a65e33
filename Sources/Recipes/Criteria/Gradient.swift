extension Criterion {
  /// |∂L/∂w|: how fast the loss changes with the weight, whatever its size.
  package static let gradient = ofGradients(
    "gradient", words: "|∂L/∂w|",
    formula: "|∂L/∂w| with L the mean cross-entropy over the scoring set",
    source: "the slope of the loss, whatever the weight's size")
}
