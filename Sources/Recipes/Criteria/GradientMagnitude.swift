extension Criterion {
  /// |w · ∂L/∂w| of one mini-batch at whatever weights are pruned: SNIP's formula, which SNIP takes at initialization and
  /// divides by its sum over all weights.
  package static let gradientMagnitude = ofGradients(
    "gradient-magnitude", words: "|w · ∂L/∂w|", source: "Blalock et al., MLSys 2020")
}
