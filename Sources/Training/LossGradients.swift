package import Networks
import Programs
package import Recipes
package import Tensors

/// Loss and gradients of a training step, by the fastest way the architecture allows.
package struct LossGradients {
  private enum Way {
    /// Fully connected: fused, without a graph.
    case dense(DenseGradients)
    /// Any other network, without a graph.
    case program(ProgramGradients)
    /// By libtorch's own graph, which every device and every layer has.
    case graph(Network)
  }

  private let way: Way

  /// Prepares for batches of up to `batchSize` examples, whose type is that of `precision`.
  package init(
    _ network: Network, batchSize: Int, precision: Precision = .float32, device: Device = .cpu
  ) throws {
    let shapes = network.tensors.map(\.shape)
    way =
      device != .cpu || !network.hasProgram
      ? .graph(network)
      : network.runsAsProgram(in: precision)
        ? .program(
          try ProgramGradients(
            network.program, shapes: shapes, isParameter: network.tensors.map(\.isParameter)))
        : .dense(try DenseGradients(shapes: shapes, batchSize: batchSize))
  }

  /// By libtorch's own graph, wherever the weights lie.
  init(byGraphOf network: Network) { way = .graph(network) }

  /// Mean cross-entropy of a batch and its gradient with respect to each parameter; batch norm's running
  /// statistics among `weights` are moved in place. The gradients are overwritten by the next call.
  ///
  /// - Parameter dropout: where dropout draws from; `nil` drops nothing.
  package func compute(
    _ weights: Weights, inputs: Tensor, labels: Tensor, dropout: DropoutDraws? = nil
  ) throws -> (loss: Float, gradients: [Tensor]) {
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
    case .graph(let network):
      let variables = try weights.variables()
      let loss = try network.mixedLogits(variables, inputs, trains: true, dropout: dropout)
        .crossEntropy(labels)
      let parameters = network.parameterIndices.map { variables[$0] }
      return (Float(try loss.item), try loss.gradients(of: parameters))
    }
  }
}
