import Recipes
package import Tensors

/// The paths of weights that are not zero which lead from the input of a network to its outputs.
///
/// A weight lies on a path where a path reaches its input and one leads on from its output: the *effective* ones
/// of Vysogorets & Kempe (JMLR 2023, section 3). Which units are reached is 0 or 1 after every layer, both ways, so
/// that no depth overflows or underflows. Biases feed nothing; norms, activations, dropout and pooling let everything
/// through.
package struct NetworkPaths {
  /// Outputs that a path leads to.
  package let outputs: Int
  /// Of each prunable tensor, in state-dict order, how many weights lie on a path.
  package let weights: [Int]

  /// The paths of `network` through `kept`, which holds 0 or 1 (float32) for every weight of its tensors, and
  /// anything for the others.
  package init(of network: Network, through kept: [Tensor]) throws {
    precondition(
      kept.count == network.tensors.count,
      "\(network.specification) has \(network.tensors.count) tensors, not \(kept.count)")
    let input = network.input
    let ones = try Tensor(repeating: 1, shape: [1, input.channels, input.height, input.width])
    let walk = PathWalk(kept)
    let (reached, back) = try walk.forward(network.architecture.layers, ones)
    _ = try back(reached)
    outputs = try reached.elements(of: Float.self).count { $0 > 0 }
    weights = network.prunableIndices.map { walk.counts[$0] ?? 0 }
  }
}
