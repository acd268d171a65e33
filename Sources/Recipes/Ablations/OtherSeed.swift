extension Ablation {
  /// The mask with the weights at the same step of the next replicate's dense network.
  package static let otherSeed = Ablation(
    name: "other-seed", words: "{} with another seed's weights",
    source: "Frankle et al., ICML 2020",
    stage: .start(.otherReplicate), act: "trains another replicate's weights under the mask",
    formula:
      "m ⊙ w′ₖ, w′ₖ the weights of the next replicate's dense network after the same k steps",
    isOfMethods: false, isOfTickets: true)
}
