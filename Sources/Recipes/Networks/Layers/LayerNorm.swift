extension LayerKind {
  /// (x − mean) / √(variance + ε) · weight + bias, mean and variance of all units of one example, or of all channels at
  /// one position of it, as transformers and ConvNeXt have it. (`group-norm: 1` normalizes over positions too.)
  package static let layerNorm = LayerKind(
    "layer-norm", isNamed: true, response: .curved, hasProgram: false
  ) { (input) throws(ArchitectureError) in LayerShape(input.flow, tensors: input.gains) }
}

extension LayerPlan {
  /// Layer norm over units or channels (Ba, Kiros & Hinton, 2016), ε = 1e-5.
  package static func layerNorm(name: String) -> LayerPlan { LayerPlan(.layerNorm, name: name) }
}
