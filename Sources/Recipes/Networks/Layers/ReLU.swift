extension LayerKind {
  /// max(x, 0).
  package static let relu = LayerKind("relu", response: .bent)
}

extension LayerPlan {
  /// max(x, 0).
  package static let relu = LayerPlan(.relu)
}
