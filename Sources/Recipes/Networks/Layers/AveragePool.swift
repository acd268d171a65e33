extension LayerKind {
  /// The mean of each window; a window that would leave the input is dropped.
  package static let averagePool = LayerKind(
    "average-pool",
    options: [
      LayerOption("kernel", 1...1000, example: 2),
      .integer("stride", 1...1000) { $0.integer("kernel") },
    ],
    shorthand: "kernel", inapplicable: ["padding"], response: .linear
  ) { (input) throws(ArchitectureError) in
    LayerShape(
      .images(
        try input.windows(
          input.images().channels, kernel: input.integer("kernel"),
          stride: input.integer("stride"))))
  }
}

extension LayerPlan {
  /// The mean of each window; a window that would leave the input is dropped.
  package static func averagePool(kernel: Int, stride: Int) -> LayerPlan {
    LayerPlan(.averagePool, ["kernel": .integer(kernel), "stride": .integer(stride)])
  }
}
