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
  /// At how many positions of one example each weight is multiplied, by the name of its tensor.
  package private(set) var positions: [String: Int] = [:]
  /// Groups of the convolutions that have several, by the name of their weight.
  package private(set) var groups: [String: Int] = [:]
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
  /// Whether programs have operations for every layer; without, networks compute by libtorch's graph.
  package var hasProgram: Bool { !layers.isEmpty && layers.allSatisfy(\.plan.hasProgram) }
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

  /// The tensors that a user's program tells of; each weight is taken to be multiplied once.
  init(of program: EngineDescription) {
    classes = program.classes ?? 0
    tensors = program.tensors.map(TensorSpecification.init)
    numbers = tensors.reduce(0) { $0 + $1.count }
    multiplications = tensors.reduce(0) { $0 + ($1.isPrunable ? $1.count : 0) }
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
  static func isSmall(_ extents: [Int]) -> Bool {
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
    var (branches, ends): ([[Layer]], [Flow]) = ([], [])
    for (branch, layers) in zip(plan.kind.branches, plan.branches) {
      let (resolved, end) = try walk(layers, on: input, path: "\(position), \(branch.name) ")
      branches.append(resolved)
      ends.append(end)
    }
    let layer = LayerInput(
      plan: plan, flow: input, branches: ends, position: position, classes: classes)
    let shape = try plan.kind.shape(layer)
    var positions: [String: Int] = [:]
    for tensor in shape.tensors {
      positions[tensor.name] = tensors.count
      let name = (plan.name.map { "\($0)." } ?? "") + tensor.name
      tensors.append(TensorSpecification(name: name, shape: tensor.shape, role: tensor.role))
      numbers += tensors[tensors.count - 1].count
    }
    if let positions = shape.normalizedPositions {
      fewestNormalizedPositions = min(fewestNormalizedPositions ?? .max, positions)
    }
    if let (weights, places) = shape.products {
      guard count(weights, places) else { throw layer.tooLarge }
      self.positions[tensors[positions["weight"]!].name] = places
      if plan.groups > 1 { groups[tensors[positions["weight"]!].name] = plan.groups }
    }
    return (Layer(plan: plan, tensors: positions, branches: branches), shape.output)
  }

  /// Counts the multiplications of a layer, `weights` at each of `positions`; `false` where they are not
  /// below 10¹⁸ together, so that operations can be counted in 64 bits.
  private mutating func count(_ weights: Int, _ positions: Int) -> Bool {
    let (layer, overflows) = weights.multipliedReportingOverflow(by: positions)
    guard !overflows, layer <= 1_000_000_000_000_000_000 - multiplications else { return false }
    if multiplications == 0 { firstMultiplications = layer }
    multiplications += layer
    return true
  }
}
