extension Criterion {
  /// (w · ∂L/∂w)² of each batch, averaged over batches.
  package static let taylorFO = ofGradients(
    "taylor-fo", words: "(w · ∂L/∂w)² per batch",
    formula: "(w · ∂L/∂w)² of each batch, then the mean, with L the batch's mean cross-entropy",
    source: "Molchanov et al., CVPR 2019, eq. 8")
}
