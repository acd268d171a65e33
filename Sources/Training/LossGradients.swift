package import Networks
import Recipes
package import Tensors

/// Loss and gradients of a training step, by the fastest way the architecture allows.
package struct LossGradients {
  private enum Way {
    /// Fully connected: fused, without a graph.
    case dense(DenseGradients)
  }

  private let way: Way

  /// Prepares for batches of up to `batchSize` examples.
  package init(_ network: Network, batchSize: Int) throws {
    switch network.specification {
    case .lenet:
      way = .dense(
        try DenseGradients(shapes: network.tensors.map(\.shape), batchSize: batchSize))
    }
  }

  /// Mean cross-entropy of a batch and its gradient with respect to each parameter; the gradients are
  /// overwritten by the next call.
  package func compute(_ weights: Weights, inputs: Tensor, labels: Tensor) throws
    -> (loss: Float, gradients: [Tensor])
  {
    switch way {
    case .dense(let dense):
      (try dense.compute(weights.tensors, inputs: inputs, labels: labels), dense.gradients)
    }
  }
}
