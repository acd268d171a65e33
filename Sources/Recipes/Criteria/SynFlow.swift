extension Criterion {
  /// |w · ∂R/∂w| with R the summed output of the network with absolute weights on an all-ones input, in float64.
  package static let synflow = Criterion(
    name: "synflow", words: "SynFlow",
    formula:
      "|w · ∂R/∂w| with R the summed output of the network with absolute parameters on an input of ones",
    source: "Tanaka et al., NeurIPS 2020, eq. 3",
    reads: .weights,
    mode: .always(.identity), schedule: .exponential(iterations: 100), verbs: ["gradient"],
    // Magnitudes and scores in float64 beside the weights, and the pass over one example.
    cost: Cost(passes: 2, bytesPerWeight: 32, bytesPerOutput: 16))
}
