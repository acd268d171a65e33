/// A layer where shapes are inferred: what reaches it, and where it stands.
struct LayerInput {
  /// The layer.
  let plan: LayerPlan
  /// Shape of what reaches it.
  let flow: Architecture.Flow
  /// Shapes in which its branches end.
  let branches: [Architecture.Flow]
  /// Its place among the layers, for messages.
  let position: String
  /// Number of classes.
  let classes: Int

  /// The value of the whole number `option`.
  func integer(_ option: String) -> Int { plan.options.integer(option) }

  /// The shape that reaches the layer, which needs images.
  func images() throws(ArchitectureError) -> ExampleShape {
    guard case .images(let shape) = flow else {
      throw misfit(needed: "channels, rows and columns")
    }
    return shape
  }

  /// Channels of images, or units of vectors.
  var units: Int {
    switch flow {
    case .images(let shape): shape.channels
    case .vectors(let units): units
    }
  }

  /// A factor and a summand for each unit, of a norm over each example.
  var gains: [LayerShape.Tensor] {
    [
      .init(name: "weight", shape: [units], role: .gain),
      .init(name: "bias", shape: [units], role: .shift),
    ]
  }

  /// `channels` maps with a number for each window that fits into the images that reach the layer.
  func windows(_ channels: Int, kernel: Int, stride: Int, padding: Int = 0)
    throws(ArchitectureError) -> ExampleShape
  {
    let shape = try images()
    guard min(shape.height, shape.width) + 2 * padding >= kernel else {
      throw misfit(needed: "at least \(kernel - 2 * padding) rows and columns")
    }
    let (height, width) = (
      (shape.height + 2 * padding - kernel) / stride + 1,
      (shape.width + 2 * padding - kernel) / stride + 1
    )
    try require([channels, height, width])
    return ExampleShape(channels: channels, height: height, width: width)
  }

  /// - Throws: where `extents` are those of more numbers than a network may have.
  func require(_ extents: [Int]) throws(ArchitectureError) {
    guard Architecture.isSmall(extents) else { throw tooLarge }
  }

  /// What reaches the layer is not what it needs.
  func misfit(needed: String) -> ArchitectureError {
    .input(layer: plan.label, position: position, found: flow.description, needed: needed)
  }

  /// The layer has, or writes, more numbers than a network may.
  var tooLarge: ArchitectureError { .tooLarge(layer: plan.label, position: position) }
}

/// What a layer makes of its input.
struct LayerShape {
  /// A tensor by its name within the layer.
  struct Tensor {
    let name: String
    let shape: [Int]
    let role: TensorSpecification.Role
  }

  /// Shape of what it writes.
  let output: Architecture.Flow
  /// Its tensors in state-dict order.
  private(set) var tensors: [Tensor] = []
  /// The elements of its weight, and at how many positions each is multiplied.
  private(set) var products: (weights: Int, positions: Int)?
  /// Positions of one example over which it normalizes.
  private(set) var normalizedPositions: Int?

  /// A layer without tensors.
  init(_ output: Architecture.Flow) { self.output = output }

  /// A layer that multiplies a weight, at each of `positions`, and adds a bias.
  init(_ output: Architecture.Flow, weight: [Int], positions: Int, window: Int, hasBias: Bool) {
    let fanIn = weight[1] * window
    self.output = output
    tensors = [
      Tensor(
        name: "weight", shape: weight, role: .weight(fanIn: fanIn, fanOut: weight[0] * window))
    ]
    if hasBias {
      tensors.append(Tensor(name: "bias", shape: [weight[0]], role: .bias(fanIn: fanIn)))
    }
    products = (weight.reduce(1, *), positions)
  }

  /// A layer of which each example is computed by itself, with these tensors.
  init(_ output: Architecture.Flow, tensors: [Tensor]) {
    self.output = output
    self.tensors = tensors
  }

  /// A layer that normalizes channels over `normalizedPositions` of every example.
  init(_ output: Architecture.Flow, tensors: [Tensor], normalizedPositions: Int) {
    self.output = output
    self.tensors = tensors
    self.normalizedPositions = normalizedPositions
  }
}
