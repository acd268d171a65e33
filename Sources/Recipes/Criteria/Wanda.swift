extension Criterion {
  /// |wᵢⱼ| · ‖xⱼ‖₂, x what the weight is multiplied with over all examples and positions, ranked within each row, the
  /// weights of one output.
  ///
  /// The paper prunes trained language models so, once and without training them further.
  package static let wanda = Criterion(
    name: "wanda", words: "Wanda",
    formula: "|wᵢⱼ| · ‖xⱼ‖₂ with x the inputs of the layer, over all examples and positions",
    source: "Sun, Liu, Bair & Kolter, ICLR 2024, eq. 1", reads: .examples, mode: .usual(.eval),
    scope: .row, isInDoublePrecision: true, verbs: ["activation-norms"],
    cost: Cost(passes: 2, bytesPerWeight: 24, bytesPerOutput: 16))
}
