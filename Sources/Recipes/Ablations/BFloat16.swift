extension Ablation {
  /// Trains in bfloat16 what the method trains in float32; scores and masks stay.
  package static let bfloat16 = Ablation(
    name: "bfloat16", words: "{} in bfloat16", source: "a question about arithmetic",
    stage: .training(.bfloat16), act: "trains in bfloat16 what the method trains in float32",
    formula:
      "activations and products rounded to 8 significant bits; weights, their sums and the optimizer in float32"
  )
}
