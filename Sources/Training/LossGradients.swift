package import Networks
package import Recipes
package import Tensors

/// Loss and gradients of a training step, by the fastest way the architecture allows.
package struct LossGradients {
  private enum Way {
    /// Fully connected: fused, without a graph.
    case dense(DenseGradients)
    /// Any other network, without a graph.
    case program(ProgramGradients)
  }

  private let way: Way

  /// Prepares for batches of up to `batchSize` examples, whose type is that of `precision`.
  package init(_ network: Network, batchSize: Int, precision: Precision = .float32) throws {
    let shapes = network.tensors.map(\.shape)
    way =
      network.runsAsProgram(in: precision)
      ? .program(
        try ProgramGradients(
          network.program, shapes: shapes, isParameter: network.tensors.map(\.isParameter)))
      : .dense(try DenseGradients(shapes: shapes, batchSize: batchSize))
  }

  /// Mean cross-entropy of a batch and its gradient with respect to each parameter; batch norm's running
  /// statistics among `weights` are moved in place. The gradients are overwritten by the next call.
  package func compute(_ weights: Weights, inputs: Tensor, labels: Tensor) throws
    -> (loss: Float, gradients: [Tensor])
  {
    switch way {
    case .dense(let dense):
      return (
        try dense.compute(weights.tensors, inputs: inputs, labels: labels), dense.gradients
      )
    case .program(let program):
      return (
        try program.compute(weights.tensors, inputs: inputs, labels: labels),
        program.gradients.compactMap { $0 }
      )
    }
  }
}
