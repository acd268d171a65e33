extension Criterion {
  /// |w · ∂L/∂w| of one mini-batch at whatever weights are pruned: SNIP's formula, which SNIP takes at initialization and
  /// divides by its sum over all weights.
  package static let gradientMagnitude = ofGradients(
    "gradient-magnitude", words: "|w · ∂L/∂w|",
    formula: "|w · ∂L/∂w| with L the mean cross-entropy over the scoring set",
    source: "Blalock et al., MLSys 2020")
}
