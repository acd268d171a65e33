extension Ablation {
  /// Trains a fresh network, weights, biases and statistics at step 0, under the mask.
  package static let reinitialize = Ablation(
    name: "reinitialize", words: "reinitialized {}", source: "Frankle & Carbin, ICLR 2019",
    stage: .start(.fresh), act: "trains a fresh network under the mask",
    formula: "m ⊙ w′₀, w′₀ drawn as w₀ was and independent of it",
    audit: "a reinitialization must redraw the kept weights", isOfTickets: true, hasDraws: true)
}
