extension LayerKind {
  /// `[N, C, H, W]` → `[N, C·H·W]`.
  package static let flatten = LayerKind(
    "flatten", response: .linear
  ) { (input) throws(ArchitectureError) in
    LayerShape(.vectors(input.flow.count))
  }
}

extension LayerPlan {
  /// Channels, rows and columns as one vector.
  package static let flatten = LayerPlan(.flatten)
}
