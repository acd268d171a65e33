extension Ablation {
  /// Permutes the mask within each layer.
  package static let shuffle = Ablation(
    name: "shuffle", words: "shuffled {}", source: "Frankle et al., ICLR 2021, section 5",
    stage: .mask,
    act: "permutes the mask within each layer",
    formula: "m′ₗ = πₗ(mₗ), πₗ a uniform permutation of the layer's entries",
    audit: """
      a shuffle must change about as many entries as uniform permutations do, and no layer's count
      """, isOfTickets: true)
}
