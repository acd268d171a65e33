extension LayerKind {
  /// Cross-correlation with a weight `[out, in, kernel, kernel]`.
  package static let convolution = LayerKind(
    "conv", label: "convolution", isNamed: true,
    options: [
      LayerOption("outputs", 1...1_000_000, example: 16),
      LayerOption("kernel", 1...1000, example: 3),
      .integer("stride", 1...1000) { _ in 1 },
      .integer("padding", 0...1000) { ($0.integer("kernel") - 1) / 2 },
      .flag("bias", default: true),
    ],
    units: .mixed, response: .linear
  ) { (input) throws(ArchitectureError) in
    let (outputs, kernel) = (input.integer("outputs"), input.integer("kernel"))
    let shape = try input.windows(
      outputs, kernel: kernel, stride: input.integer("stride"), padding: input.integer("padding"))
    let weight = [outputs, try input.images().channels, kernel, kernel]
    try input.require(weight)
    return LayerShape(
      .images(shape), weight: weight, positions: shape.height * shape.width,
      window: kernel * kernel, hasBias: input.plan.options.flag("bias"))
  }
}

extension LayerPlan {
  /// A square convolution with `outputs` channels, zero-padded on every side.
  package static func convolution(
    name: String, outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = false
  ) -> LayerPlan {
    LayerPlan(
      .convolution, name: name,
      [
        "outputs": .integer(outputs), "kernel": .integer(kernel), "stride": .integer(stride),
        "padding": .integer(padding), "bias": .flag(bias),
      ])
  }
}
