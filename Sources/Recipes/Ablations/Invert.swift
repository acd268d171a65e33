extension Ablation {
  /// Keeps the lowest-ranked weights, in every iteration, as published: it may empty layers that the method keeps.
  package static let invertGlobal = Ablation(
    name: "invert-global", words: "inverted {}", source: "Frankle et al., ICLR 2021, section 5",
    stage: .ranking { _ in .lowest }, act: "keeps the lowest-ranked weights, in every iteration",
    formula: "of all layers together the k lowest s, k what the method keeps")

  /// Keeps the lowest-ranked weights of each layer, as many as the method keeps there.
  package static let invertLayerwise = Ablation(
    name: "invert-layerwise", words: "{} inverted within layers",
    source: "Frankle et al., ICLR 2021, section 5",
    stage: .ranking { scope in
      // Ranked within layers, both inversions keep the method's own counts: equal work, equal key.
      scope == .global ? .lowestWithinLayers : .lowest
    }, act: "keeps each layer's lowest scores, as many as the method keeps there",
    formula: "of each layer l the kₗ lowest s, kₗ what the method keeps there")
}
