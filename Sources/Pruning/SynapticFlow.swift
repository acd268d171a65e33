package import Networks
import Recipes
import Tensors

/// SynFlow's scores of one network under mask after mask, in memory that is taken once.
///
/// Reference: Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020, eq. 3 and algorithm 1.
package struct SynapticFlow {
  private let network: Network
  private let flow: ProgramFlow

  /// Prepares for the network of `weights`, which must run as a program.
  package init(_ network: Network, weights: Weights) throws {
    self.network = network
    let input = network.input
    flow = try ProgramFlow(
      network.program, tensors: weights.tensors, channels: input.channels, height: input.height,
      width: input.width)
  }

  /// |w · ∂R/∂w| in float64 of the weights that `mask` keeps, of those alone, overwritten by the next call;
  /// and R, the summed output: what the last layer's scores and biases sum to.
  package func under(_ mask: Mask) throws -> (scores: Scores, output: Double) {
    for (index, layer) in zip(network.prunableIndices, mask.layers) {
      try flow.keep(layer.kept, of: index)
    }
    let output = try flow.compute()
    let layers = try network.prunableIndices.map {
      Scores.Layer(name: network.tensors[$0].name, scores: try flow.scores(of: $0))
    }
    return (try Scores(layers, for: nil, source: "SynFlow"), output)
  }
}
