extension LayerKind {
  /// (x − mean) / √(variance + ε) · scale + shift, the four of each channel.
  package static let batchNorm = LayerKind(
    "batch-norm", isNamed: true, response: .normalized
  ) { (input) throws(ArchitectureError) in
    let shape = try input.images()
    let channels = [shape.channels]
    return LayerShape(
      input.flow,
      tensors: [
        .init(name: "weight", shape: channels, role: .scale),
        .init(name: "bias", shape: channels, role: .shift),
        .init(name: "running_mean", shape: channels, role: .runningMean),
        .init(name: "running_var", shape: channels, role: .runningVariance),
      ], normalizedPositions: shape.height * shape.width)
  }
}

extension LayerPlan {
  /// Batch norm over channels (Ioffe & Szegedy, ICML 2015), ε = 1e-5, momentum 0.1.
  package static func batchNorm(name: String) -> LayerPlan { LayerPlan(.batchNorm, name: name) }
}
