extension Ablation {
  /// Permutes the mask within each row of a layer, the weights of one output.
  package static let shuffleRows = Ablation(
    name: "shuffle-rows", words: "{} shuffled within rows",
    source: "as Frankle et al., ICLR 2021, section 5, for masks ranked by rows", stage: .mask,
    act: "permutes the mask within each row, the weights of one output",
    formula: "m′ᵢ = πᵢ(mᵢ), πᵢ a uniform permutation of the entries of row i",
    audit: """
      a shuffle must change about as many entries as uniform permutations do, and no layer's count
      """)
}
