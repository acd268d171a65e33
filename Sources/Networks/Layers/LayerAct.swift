import Programs
import Recipes
import Tensors

/// What the engine does for a kind of layer, found by its descriptor.
struct LayerAct: Sendable {
  /// Every act. A new one joins by a line here and one in `LayerKind.all`.
  static let all: [LayerAct] = [
    .convolution, .batchNorm, .layerNorm, .groupNorm, .relu, .gelu, .silu, .sigmoid, .tanh,
    .dropout,
    .maxPool, .averagePool, .globalAveragePool, .flatten, .linear, .residual,
  ]

  /// The outputs of a layer, recorded for autograd.
  typealias Forward = @Sendable (Layer, ForwardPass, Tensor) throws(TensorError) -> Tensor
  /// Which outputs of a layer the inputs that are reached reach, and the way back.
  typealias Walk = @Sendable (Layer, PathWalk, Tensor) throws -> (Tensor, PathWalk.Back)

  /// The descriptor.
  let kind: LayerKind
  /// The outputs of a layer, recorded for autograd.
  let forward: Forward
  /// Appends a layer's operations on a value to a program, and returns the number of the value they write.
  let lower: @Sendable (Layer, inout LayerProgram, Int) -> Int
  /// Where paths lead from the inputs of a layer.
  let walk: Walk

  /// The act of `kind`, which is one operation; without a `walk`, paths lead through each number.
  init(
    _ kind: LayerKind, forward: @escaping Forward,
    operation: @escaping @Sendable (Layer) -> LayerProgram.Kind,
    walk: @escaping Walk = { _, _, x in (x, { $0 }) }
  ) {
    self.init(
      kind, forward: forward,
      lower: { layer, program, value in program.append(operation(layer), value) }, walk: walk)
  }

  /// The act of `kind`, for which programs have no operation.
  init(
    withoutProgram kind: LayerKind, forward: @escaping Forward,
    walk: @escaping Walk = { _, _, x in (x, { $0 }) }
  ) {
    self.init(
      kind, forward: forward,
      lower: { layer, _, _ in preconditionFailure("programs have no \(layer.plan.label)") },
      walk: walk)
  }

  /// The act of `kind`, which takes any operations.
  init(
    _ kind: LayerKind, forward: @escaping Forward,
    lower: @escaping @Sendable (Layer, inout LayerProgram, Int) -> Int, walk: @escaping Walk
  ) {
    self.kind = kind
    self.forward = forward
    self.lower = lower
    self.walk = walk
  }

  fileprivate static let byKind = Dictionary(uniqueKeysWithValues: all.map { ($0.kind, $0) })
}

extension Layer {
  /// What the engine does for it.
  var act: LayerAct {
    guard let act = LayerAct.byKind[kind] else { preconditionFailure("no act of \(plan.label)") }
    return act
  }

  /// The windows that its options say.
  var window: LayerProgram.Window {
    let isPadded = options["padding"] != nil
    return LayerProgram.Window(
      kernel: options.integer("kernel"), stride: options.integer("stride"),
      padding: isPadded ? options.integer("padding") : 0)
  }
}
