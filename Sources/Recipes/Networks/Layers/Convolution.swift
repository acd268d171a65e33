extension LayerKind {
  /// Cross-correlation with a weight `[out, in / groups, kernel, kernel]`; with as many groups as inputs it is depthwise.
  package static let convolution = LayerKind(
    "conv", label: "convolution", isNamed: true,
    options: [
      LayerOption("outputs", 1...1_000_000, example: 16),
      LayerOption("kernel", 1...1000, example: 3),
      .integer("stride", 1...1000) { _ in 1 },
      .integer("padding", 0...1000) { ($0.integer("kernel") - 1) / 2 },
      .flag("bias", default: true),
      .integer("groups", 1...1_000_000, idle: 1),
    ],
    units: .mixed, response: .linear
  ) { (input) throws(ArchitectureError) in
    let (outputs, kernel) = (input.integer("outputs"), input.integer("kernel"))
    let shape = try input.windows(
      outputs, kernel: kernel, stride: input.integer("stride"), padding: input.integer("padding"))
    let (inputs, groups) = (try input.images().channels, input.plan.groups)
    guard inputs % groups == 0 else {
      throw input.misfit(needed: "a number of channels that its \(groups) groups divide")
    }
    guard outputs % groups == 0 else {
      throw .groups(
        layer: input.plan.label, position: input.position, outputs: outputs, groups: groups)
    }
    let weight = [outputs, inputs / groups, kernel, kernel]
    try input.require(weight)
    return LayerShape(
      .images(shape), weight: weight, positions: shape.height * shape.width,
      window: kernel * kernel, hasBias: input.plan.options.flag("bias"))
  }
}

extension LayerPlan {
  /// A square convolution with `outputs` channels, zero-padded on every side.
  package static func convolution(
    name: String, outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = false,
    groups: Int = 1
  ) -> LayerPlan {
    LayerPlan(
      .convolution, name: name,
      [
        "outputs": .integer(outputs), "kernel": .integer(kernel), "stride": .integer(stride),
        "padding": .integer(padding), "bias": .flag(bias), "groups": .integer(groups),
      ])
  }
}
