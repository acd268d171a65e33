extension LayerKind {
  /// x · wᵀ + b with a weight `[out, in]`; as many outputs as classes where none are stated.
  package static let linear = LayerKind(
    "linear", isNamed: true,
    options: [
      .integer("outputs", 1...10_000_000) { _ in nil },
      .flag("bias", default: true),
    ],
    shorthand: "outputs", units: .mixed, response: .linear
  ) { (input) throws(ArchitectureError) in
    guard case .vectors(let units) = input.flow else {
      throw input.misfit(needed: "a vector (put flatten or a global average pool before it)")
    }
    let isStated = input.plan.options["outputs"] != nil
    let weight = [isStated ? input.integer("outputs") : input.classes, units]
    try input.require(weight)
    return LayerShape(
      .vectors(weight[0]), weight: weight, positions: 1, window: 1,
      hasBias: input.plan.options.flag("bias"))
  }
}

extension LayerPlan {
  /// A fully connected layer; `outputs` `nil` means the number of classes.
  package static func linear(name: String, outputs: Int?, bias: Bool = true) -> LayerPlan {
    var options: [String: OptionValue] = ["bias": .flag(bias)]
    options["outputs"] = outputs.map(OptionValue.integer)
    return LayerPlan(.linear, name: name, options)
  }
}
