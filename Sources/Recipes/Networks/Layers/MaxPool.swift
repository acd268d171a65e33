extension LayerKind {
  /// The largest of each window; a window that would leave the input is dropped.
  package static let maxPool = LayerKind(
    "max-pool",
    options: [
      LayerOption("kernel", 1...1000, example: 2),
      .integer("stride", 1...1000) { $0.integer("kernel") },
      // Of more, some windows would lie in it altogether.
      LayerOption(
        "padding",
        { earlier in
          guard case .integer(let kernel)? = earlier["kernel"] else { return .integer(0...0) }
          return .integer(0...(kernel / 2))
        }, default: { _ in 0 }),
    ],
    shorthand: "kernel", response: .bent
  ) { (input) throws(ArchitectureError) in
    LayerShape(
      .images(
        try input.windows(
          input.images().channels, kernel: input.integer("kernel"),
          stride: input.integer("stride"), padding: input.integer("padding"))))
  }
}

extension LayerPlan {
  /// The largest of each window; a window that would leave the input is dropped.
  package static func maxPool(kernel: Int, stride: Int, padding: Int = 0) -> LayerPlan {
    LayerPlan(
      .maxPool,
      ["kernel": .integer(kernel), "stride": .integer(stride), "padding": .integer(padding)])
  }
}
