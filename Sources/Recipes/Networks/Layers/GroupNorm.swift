extension LayerKind {
  /// (x − mean) / √(variance + ε) · weight + bias, mean and variance of all positions of the channels of one group, of one
  /// example; weight and bias of each channel.
  package static let groupNorm = LayerKind(
    "group-norm", isNamed: true, options: [LayerOption("groups", 1...1_000_000, example: 4)],
    shorthand: "groups", response: .curved, hasProgram: false
  ) { (input) throws(ArchitectureError) in
    let groups = input.integer("groups")
    guard input.units % groups == 0 else {
      throw input.misfit(needed: "a number of channels that its \(groups) groups divide")
    }
    return LayerShape(input.flow, tensors: input.gains)
  }
}

extension LayerPlan {
  /// Group norm (Wu & He, ECCV 2018), ε = 1e-5.
  package static func groupNorm(name: String, groups: Int) -> LayerPlan {
    LayerPlan(.groupNorm, name: name, ["groups": .integer(groups)])
  }
}
