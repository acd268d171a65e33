extension LayerKind {
  /// The mean of each channel, `[N, C, H, W]` → `[N, C]`.
  package static let globalAveragePool = LayerKind(
    "global-average-pool", response: .linear
  ) { (input) throws(ArchitectureError) in
    LayerShape(.vectors(try input.images().channels))
  }
}

extension LayerPlan {
  /// The mean of each channel; flattens.
  package static let globalAveragePool = LayerPlan(.globalAveragePool)
}
