package import Recipes
package import Tensors

extension Network {
  /// Logits `[N, classes]` of `inputs` `[N, C, H, W]`.
  ///
  /// - Parameters:
  ///   - tensors: one for each of ``tensors``, in that order.
  ///   - inputs: normalized examples, of the parameters' element type.
  ///   - mode: batch norm's mode; networks without batch norm are the same in every mode. Running
  ///     statistics stay as they are in all of them.
  package func logits(
    _ tensors: [Tensor], _ inputs: Tensor, mode: NormalizationMode
  ) throws(TensorError) -> Tensor {
    try forward(inputs, ForwardPass(tensors: tensors, statistics: .mode(mode)))
  }

  /// Logits of the network that synaptic flow goes through: every activation the identity, and every norm one by mean 0
  /// and variance 1.
  package func linearizedLogits(_ tensors: [Tensor], _ inputs: Tensor) throws(TensorError)
    -> Tensor
  {
    try forward(
      inputs,
      ForwardPass(tensors: tensors, statistics: .mode(.identity), isLinearized: true))
  }

  /// Σ x² of what each weight is multiplied with, over a batch and the positions of a layer's output, one tensor for each
  /// of ``tensors``; nothing sensible for those that are no weights.
  ///
  /// The summed output of a layer that reads x² changes with a weight by the sum of the squares that it meets.
  package func squaredInputs(
    _ tensors: [Tensor], _ inputs: Tensor, mode: NormalizationMode
  ) throws -> [Tensor] {
    let seen = SeenInputs()
    let pass = ForwardPass(tensors: tensors, statistics: .mode(mode), seen: seen)
    _ = try forward(inputs, pass)
    var squares = tensors
    for (layer, x) in seen.inputs {
      guard let index = layer.tensors["weight"], self.tensors[index].isPrunable else { continue }
      var own = tensors
      own[index] = try tensors[index].variable()
      let output = try layer.act.forward(
        layer, ForwardPass(tensors: own, statistics: .mode(mode)), x * x)
      squares[index] = try output.sum().gradients(of: [own[index]])[0]
    }
    return squares
  }

  /// Logits of a training batch, by its own statistics; running means and variances among `tensors`
  /// are moved towards them in place, by the part `momentum` of the way. Without `dropout` nothing is dropped.
  package func trainingLogits(
    _ tensors: [Tensor], _ inputs: Tensor, momentum: Double = runningMomentum,
    dropout: DropoutDraws? = nil
  ) throws(TensorError) -> Tensor {
    try forward(
      inputs,
      ForwardPass(
        tensors: tensors, statistics: .moving(momentum: momentum), dropout: dropout))
  }

  /// PyTorch's default, and so the field's.
  package static let runningMomentum = 0.1

  private func forward(_ inputs: Tensor, _ pass: ForwardPass) throws(TensorError) -> Tensor {
    precondition(
      pass.tensors.count == tensors.count,
      "\(specification) has \(tensors.count) tensors, not \(pass.tensors.count)")
    return try pass.run(
      architecture.layers,
      // User batches may come flattened.
      inputs.reshaped([-1, input.channels, input.height, input.width]))
  }
}

/// What the layers of a pass read, in their order.
final class SeenInputs {
  var inputs: [(layer: Layer, x: Tensor)] = []
}

/// A pass through layers.
struct ForwardPass {
  /// What batch norm computes with.
  enum Statistics {
    case mode(NormalizationMode)
    /// The batch's, towards which the running ones are moved.
    case moving(momentum: Double)
  }

  /// One for each of the network's, in that order.
  let tensors: [Tensor]
  /// What batch norm computes with.
  let statistics: Statistics
  /// Where dropout draws from; `nil` drops nothing.
  var dropout: DropoutDraws?
  /// Whether activations are the identity and norms those of mean 0 and variance 1, as synaptic flow has them.
  var isLinearized = false
  /// Is told what every layer reads; `nil` where nobody asks.
  var seen: SeenInputs?

  /// The outputs of `layers`.
  func run(_ layers: [Layer], _ inputs: Tensor) throws(TensorError) -> Tensor {
    var x = inputs
    for layer in layers {
      seen?.inputs.append((layer, x))
      x = try layer.act.forward(layer, self, x)
    }
    return x
  }

  /// The tensor of `layer` that it calls `name`.
  func tensor(_ name: String, of layer: Layer) -> Tensor { tensors[layer.position(of: name)] }

  /// The bias of `layer`, if it has one.
  func bias(of layer: Layer) -> Tensor? { layer.tensors["bias"].map { tensors[$0] } }
}
