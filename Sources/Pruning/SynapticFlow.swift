package import Networks
import Recipes
import Tensors

/// SynFlow's scores of one network under mask after mask, in memory that is taken once.
///
/// Reference: Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020, eq. 3 and algorithm 1.
package struct SynapticFlow {
  private let network: Network
  private let weights: Weights
  private let flow: ProgramFlow
  private let magnitudes: [Tensor]

  /// Prepares for the network of `weights`, which must run as a program.
  package init(_ network: Network, weights: Weights) throws {
    self.network = network
    self.weights = weights
    flow = try ProgramFlow(
      network.program, shapes: network.tensors.map(\.shape),
      isScored: network.tensors.map(\.isPrunable))
    magnitudes = try weights.tensors.map { try $0.absolute() }
  }

  /// |w · ∂R/∂w| in float64 of the weights that `mask` keeps, zero elsewhere; overwritten by the next call.
  package func scores(under mask: Mask) throws -> Scores {
    for (index, layer) in zip(network.prunableIndices, mask.layers) {
      try magnitudes[index].setMagnitudes(of: weights.tensors[index], kept: layer.kept)
    }
    let input = network.input
    try flow.compute(
      magnitudes, channels: input.channels, height: input.height, width: input.width)
    return try Scores(
      network.prunableIndices.map {
        Scores.Layer(name: network.tensors[$0].name, scores: flow.scores[$0]!)
      }, for: network, source: "SynFlow")
  }

  /// R, the summed output, of the scores of the last call: what the last layer's scores and biases sum to.
  package func summedOutput(of scores: Scores) throws -> Double {
    guard let last = scores.layers.last, let index = network.prunableIndices.last else { return 0 }
    let bias = last.name.replacing(/weight$/, with: "bias")
    let biases = try zip(network.tensors, magnitudes).first { $0.0.name == bias }?.1
      .converted(to: .float64).sum().item
    // Outputs are the rows of the last weight, so nothing but its bias adds to them.
    precondition(network.tensors[index].name == network.specification.outputWeight)
    return try last.scores.sum().item + (biases ?? 0)
  }
}
