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
    try forward(tensors, inputs, Forward(statistics: .mode(mode)))
  }

  /// Logits of a training batch, by its own statistics; running means and variances among `tensors`
  /// are moved towards them in place, by the part `momentum` of the way.
  package func trainingLogits(
    _ tensors: [Tensor], _ inputs: Tensor, momentum: Double = runningMomentum
  ) throws(TensorError) -> Tensor {
    try forward(tensors, inputs, Forward(statistics: .moving(momentum: momentum)))
  }

  /// PyTorch's default, and so the field's.
  package static let runningMomentum = 0.1

  private func forward(_ tensors: [Tensor], _ inputs: Tensor, _ forward: Forward)
    throws(TensorError) -> Tensor
  {
    precondition(
      tensors.count == self.tensors.count,
      "\(specification) has \(self.tensors.count) tensors, not \(tensors.count)")
    return try forward.run(
      architecture.layers, tensors,
      // User batches may come flattened.
      inputs.reshaped([-1, input.channels, input.height, input.width]))
  }
}

/// A pass through layers.
private struct Forward {
  enum Statistics {
    case mode(NormalizationMode)
    /// The batch's, towards which the running ones are moved.
    case moving(momentum: Double)
  }

  let statistics: Statistics

  func run(_ layers: [Layer], _ tensors: [Tensor], _ inputs: Tensor) throws(TensorError) -> Tensor {
    var x = inputs
    for layer in layers { x = try apply(layer, tensors, x) }
    return x
  }

  private func apply(_ layer: Layer, _ tensors: [Tensor], _ x: Tensor) throws(TensorError) -> Tensor
  {
    switch layer {
    case .convolution(let weight, let bias, let stride, let padding, _):
      return try x.convolution(
        weight: tensors[weight], bias: bias.map { tensors[$0] }, stride: stride, padding: padding)
    case .linear(let weight, let bias):
      return try x.linear(weight: tensors[weight], bias: bias.map { tensors[$0] })
    case .batchNorm(let scale, let shift, let mean, let variance):
      return try x.batchNorm(
        scale: tensors[scale], shift: tensors[shift],
        statistics: try statistics(mean: tensors[mean], variance: tensors[variance]))
    case .relu: return try x.relu()
    case .maxPool(let kernel, let stride, let padding):
      return try x.maxPool(kernel: kernel, stride: stride, padding: padding)
    case .averagePool(let kernel, let stride):
      return try x.averagePool(kernel: kernel, stride: stride)
    case .globalAveragePool: return try x.globalAveragePool()
    case .flatten: return try x.reshaped([x.shape[0], -1])
    case .residual(let body, let shortcut):
      return try run(body, tensors, x) + run(shortcut, tensors, x)
    }
  }

  private func statistics(mean: Tensor, variance: Tensor) throws(TensorError)
    -> Tensor.NormalizationStatistics
  {
    switch statistics {
    case .moving(let momentum): .batchMoving(mean: mean, variance: variance, momentum: momentum)
    case .mode(.train): .batch
    case .mode(.eval): .fixed(mean: mean, variance: variance)
    case .mode(.identity):
      .fixed(
        mean: try Tensor(repeating: 0, shape: mean.shape, type: try mean.type),
        variance: try Tensor(repeating: 1, shape: variance.shape, type: try variance.type))
    }
  }
}
