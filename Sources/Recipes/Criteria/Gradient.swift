extension Criterion {
  /// |∂L/∂w|: how fast the loss changes with the weight, whatever its size.
  package static let gradient = ofGradients(
    "gradient", words: "|∂L/∂w|", source: "the slope of the loss, whatever the weight's size")
}
