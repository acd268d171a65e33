package import Networks
import Recipes
package import Tensors

/// Loss and gradients of a training step, by the fastest way the architecture allows.
package struct LossGradients {
  private enum Way {
    /// Fully connected: fused, without a graph.
    case dense(DenseGradients)
    /// Any network, by autograd.
    case recorded
  }

  private let way: Way
  private let network: Network

  /// Prepares for batches of up to `batchSize` examples.
  package init(_ network: Network, batchSize: Int) throws {
    self.network = network
    switch network.specification {
    case .lenet:
      way = .dense(
        try DenseGradients(shapes: network.tensors.map(\.shape), batchSize: batchSize))
    default: way = .recorded
    }
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
    case .recorded:
      let variables = try weights.variables()
      let loss = try network.trainingLogits(variables, inputs).crossEntropy(labels)
      let gradients = try loss.gradients(of: network.parameterIndices.map { variables[$0] })
      return (Float(try loss.item), gradients)
    }
  }
}
