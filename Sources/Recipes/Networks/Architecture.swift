/// A layer whose shapes are known; tensors are meant by their position in ``Architecture/tensors``.
package indirect enum Layer: Hashable, Sendable {
  /// Weight `[out, in, kernel, kernel]`.
  case convolution(weight: Int, bias: Int?, stride: Int, padding: Int, kernel: Int)
  /// Scale, shift, running mean and running variance, one number per channel.
  case batchNorm(scale: Int, shift: Int, mean: Int, variance: Int)
  /// max(x, 0).
  case relu
  /// The largest of each window.
  case maxPool(kernel: Int, stride: Int, padding: Int)
  /// The mean of each window.
  case averagePool(kernel: Int, stride: Int)
  /// The mean of each channel, `[N, C, H, W]` → `[N, C]`.
  case globalAveragePool
  /// `[N, C, H, W]` → `[N, C·H·W]`.
  case flatten
  /// Weight `[out, in]`.
  case linear(weight: Int, bias: Int?)
  /// `body(x) + shortcut(x)`; an empty shortcut is the identity.
  case residual(body: [Layer], shortcut: [Layer])
}

/// A network's layers on inputs of one shape, with every tensor and size that follows.
package struct Architecture: Hashable, Sendable {
  /// Shape of what flows between two layers.
  package enum Flow: Hashable, Sendable, CustomStringConvertible {
    /// `[N, channels, height, width]`.
    case images(ExampleShape)
    /// `[N, units]`.
    case vectors(Int)

    /// Numbers per example.
    package var count: Int {
      switch self {
      case .images(let shape): shape.count
      case .vectors(let units): units
      }
    }

    /// `3×32×32`, or `512 units`.
    package var description: String {
      switch self {
      case .images(let shape): "\(shape.channels)×\(shape.height)×\(shape.width)"
      case .vectors(let units): "\(units) units"
      }
    }
  }

  /// The most numbers that a network's tensors may have, and what its layers write for one example: 40 GB
  /// in float32. Products of extents below it cannot overflow.
  package static let largestCount = 10_000_000_000

  /// Layers in order.
  package private(set) var layers: [Layer] = []
  /// Tensors in state-dict order, buffers among them.
  package private(set) var tensors: [TensorSpecification] = []
  /// Multiplications of one example's forward pass in convolutions and linear layers.
  package private(set) var multiplications = 0
  /// Those of the first layer with weights, which needs no gradient of its input.
  package private(set) var firstMultiplications = 0
  /// Numbers that one example's layers write, what a training step has to keep.
  package private(set) var activations = 0
  /// The most that one layer writes, per example.
  package private(set) var largestActivation = 0
  /// The fewest positions that a batch norm sees of one example; `nil` for networks without.
  package private(set) var fewestNormalizedPositions: Int?
  private let classes: Int
  /// Elements of ``tensors``.
  private var numbers = 0

  /// Infers every shape of `plan` on `input`.
  ///
  /// - Throws: the first layer that does not fit, with the shapes.
  package init(_ plan: [LayerPlan], input: ExampleShape, classes: Int) throws(ArchitectureError) {
    self.classes = classes
    guard Self.isSmall([input.channels, input.height, input.width]) else {
      throw .tooLarge(layer: "the input", position: Flow.images(input).description)
    }
    let output: Flow
    (layers, output) = try walk(plan, on: .images(input), path: "layer ")
    guard tensors.contains(where: \.isPrunable) else { throw .noWeights }
    guard output == .vectors(classes) else {
      throw .outputs(found: output.description, classes: classes)
    }
    var names: Set<String> = []
    for tensor in tensors where !names.insert(tensor.name).inserted {
      throw .duplicateName(String(tensor.name.prefix { $0 != "." }))
    }
  }

  /// Floating-point operations of one optimizer step per example: forward pass, gradients of weights
  /// and of inputs, two operations per multiplication; the first layer needs no gradient of its input.
  package var trainingOperations: Double {
    6 * Double(multiplications) - 2 * Double(firstMultiplications)
  }
}

/// The inference of shapes, which collects tensors and sizes on its way.
extension Architecture {
  /// Whether the product of `extents` is no more than a network may have.
  private static func isSmall(_ extents: [Int]) -> Bool {
    var product = 1
    for extent in extents {
      let (next, overflows) = product.multipliedReportingOverflow(by: extent)
      guard !overflows, next <= Architecture.largestCount else { return false }
      product = next
    }
    return true
  }

  private mutating func walk(
    _ plan: [LayerPlan], on input: Flow, path: String
  ) throws(ArchitectureError) -> ([Layer], Flow) {
    var layers: [Layer] = []
    var flow = input
    for (index, layer) in plan.enumerated() {
      let position = "\(path)\(index + 1)"
      let (resolved, output) = try resolve(layer, flow, position)
      layers.append(resolved)
      flow = output
      activations += flow.count
      largestActivation = max(largestActivation, flow.count)
      guard max(activations, numbers) <= Architecture.largestCount else {
        throw .tooLarge(layer: layer.label, position: position)
      }
    }
    return (layers, flow)
  }

  private mutating func resolve(_ plan: LayerPlan, _ input: Flow, _ position: String)
    throws(ArchitectureError) -> (Layer, Flow)
  {
    func images(_ needed: String = "channels, rows and columns") throws(ArchitectureError)
      -> ExampleShape
    {
      guard case .images(let shape) = input else {
        throw .input(
          layer: plan.label, position: position, found: input.description, needed: needed)
      }
      return shape
    }
    func require(_ extents: [Int]) throws(ArchitectureError) {
      guard Self.isSmall(extents) else {
        throw .tooLarge(layer: plan.label, position: position)
      }
    }
    func windows(_ shape: ExampleShape, _ kernel: Int, _ stride: Int, _ padding: Int)
      throws(ArchitectureError) -> (height: Int, width: Int)
    {
      guard min(shape.height, shape.width) + 2 * padding >= kernel else {
        throw .input(
          layer: plan.label, position: position, found: input.description,
          needed: "at least \(kernel - 2 * padding) rows and columns")
      }
      return (
        (shape.height + 2 * padding - kernel) / stride + 1,
        (shape.width + 2 * padding - kernel) / stride + 1
      )
    }
    switch plan {
    case .convolution(let name, let outputs, let kernel, let stride, let padding, let bias):
      let shape = try images()
      let (height, width) = try windows(shape, kernel, stride, padding)
      try require([outputs, shape.channels, kernel, kernel])
      try require([outputs, height, width])
      let window = kernel * kernel
      let weight = add(
        "\(name).weight", [outputs, shape.channels, kernel, kernel],
        .weight(fanIn: shape.channels * window, fanOut: outputs * window))
      let bias = bias ? add("\(name).bias", [outputs], .bias(fanIn: shape.channels * window)) : nil
      try count(tensors[weight].count, height * width, plan, position)
      return (
        .convolution(
          weight: weight, bias: bias, stride: stride, padding: padding, kernel: kernel),
        .images(ExampleShape(channels: outputs, height: height, width: width))
      )
    case .batchNorm(let name):
      let shape = try images()
      let channels = [shape.channels]
      fewestNormalizedPositions = min(fewestNormalizedPositions ?? .max, shape.height * shape.width)
      return (
        .batchNorm(
          scale: add("\(name).weight", channels, .scale),
          shift: add("\(name).bias", channels, .shift),
          mean: add("\(name).running_mean", channels, .runningMean),
          variance: add("\(name).running_var", channels, .runningVariance)), input
      )
    case .relu: return (.relu, input)
    case .maxPool(let kernel, let stride, let padding):
      let shape = try images()
      let (height, width) = try windows(shape, kernel, stride, padding)
      try require([shape.channels, height, width])
      return (
        .maxPool(kernel: kernel, stride: stride, padding: padding),
        .images(ExampleShape(channels: shape.channels, height: height, width: width))
      )
    case .averagePool(let kernel, let stride):
      let shape = try images()
      let (height, width) = try windows(shape, kernel, stride, 0)
      return (
        .averagePool(kernel: kernel, stride: stride),
        .images(ExampleShape(channels: shape.channels, height: height, width: width))
      )
    case .globalAveragePool: return (.globalAveragePool, .vectors(try images().channels))
    case .flatten: return (.flatten, .vectors(input.count))
    case .linear(let name, let outputs, let bias):
      guard case .vectors(let units) = input else {
        throw .input(
          layer: plan.label, position: position, found: input.description,
          needed: "a vector (put flatten or a global average pool before it)")
      }
      let outputs = outputs ?? classes
      try require([outputs, units])
      let weight = add(
        "\(name).weight", [outputs, units], .weight(fanIn: units, fanOut: outputs))
      let bias = bias ? add("\(name).bias", [outputs], .bias(fanIn: units)) : nil
      try count(outputs * units, 1, plan, position)
      return (.linear(weight: weight, bias: bias), .vectors(outputs))
    case .residual(let body, let shortcut):
      let (bodyLayers, bodyFlow) = try walk(body, on: input, path: "\(position), body ")
      let (shortcutLayers, shortcutFlow) = try walk(
        shortcut, on: input, path: "\(position), shortcut ")
      guard bodyFlow == shortcutFlow else {
        throw .residual(
          position: position, body: bodyFlow.description, shortcut: shortcutFlow.description)
      }
      return (.residual(body: bodyLayers, shortcut: shortcutLayers), bodyFlow)
    }
  }

  private mutating func add(_ name: String, _ shape: [Int], _ role: TensorSpecification.Role) -> Int
  {
    tensors.append(TensorSpecification(name: name, shape: shape, role: role))
    numbers += tensors[tensors.count - 1].count
    return tensors.count - 1
  }

  /// Counts the multiplications of a layer, `weights` at each of `positions`; together they stay below
  /// 10¹⁸, so that operations can be counted in 64 bits.
  private mutating func count(
    _ weights: Int, _ positions: Int, _ plan: LayerPlan, _ position: String
  ) throws(ArchitectureError) {
    let (layer, overflows) = weights.multipliedReportingOverflow(by: positions)
    guard !overflows, layer <= 1_000_000_000_000_000_000 - multiplications else {
      throw .tooLarge(layer: plan.label, position: position)
    }
    if multiplications == 0 { firstMultiplications = layer }
    multiplications += layer
  }
}
