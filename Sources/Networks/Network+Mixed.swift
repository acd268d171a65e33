package import Tensors

extension Network {
  /// ``trainingLogits(_:_:momentum:)`` or evaluation's logits with the factors of convolutions and linear
  /// layers in the inputs' type, as float32: the graph's counterpart of a program that reads bfloat16.
  ///
  /// - Parameters:
  ///   - tensors: float32, on the inputs' device.
  ///   - inputs: float32 or bfloat16.
  ///   - trains: whether batch norm computes with the batch's statistics and moves the running ones.
  ///   - dropout: where dropout draws from in training; `nil` drops nothing.
  package func mixedLogits(
    _ tensors: [Tensor], _ inputs: Tensor, trains: Bool, dropout: DropoutDraws? = nil
  ) throws -> Tensor {
    let type = try inputs.type
    let factors = try zip(self.tensors, tensors).map { specification, tensor in
      switch specification.role {
      case .weight, .bias: type == .float32 ? tensor : try tensor.converted(to: type)
      case .scale, .gain, .shift, .runningMean, .runningVariance, .parameter, .buffer: tensor
      }
    }
    let logits =
      trains
      ? try trainingLogits(factors, inputs, dropout: dropout)
      : try logits(factors, inputs, mode: .eval)
    return try logits.converted(to: .float32)
  }
}
