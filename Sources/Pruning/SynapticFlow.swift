package import Networks
import Programs
package import Recipes
package import Tensors

/// A network that SynFlow prunes: weights that are dropped are not gone through again, and no mask is
/// written before it is asked for.
///
/// Reference: Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020, eq. 3 and algorithm 1.
package final class SynapticFlow: PruningSubject {
  private let network: Network
  private let weights: Weights
  private let flow: ProgramFlow

  /// R, the summed output when scores were last computed: what the last layer's scores and biases sum to.
  package private(set) var output = 0.0

  /// Whether pruning `network` by `criterion` is this.
  package static func prunes(_ network: Network, by criterion: CriterionSpecification) -> Bool {
    criterion == .synflow && network.runsAsProgram
  }

  /// Prepares for the network of `weights`, which must run as a program; nothing is kept at first.
  package init(_ network: Network, weights: Weights) throws {
    self.network = network
    self.weights = weights
    let input = network.input
    flow = try ProgramFlow(
      network.program, tensors: weights.tensors, channels: input.channels, height: input.height,
      width: input.width)
  }

  /// Starts anew from what `mask` keeps.
  package func start(from mask: Mask) throws {
    for (index, layer) in zip(network.prunableIndices, mask.layers) {
      try flow.take(layer.kept, of: index)
    }
  }

  package var names: [String] { network.prunable.map(\.name) }

  package var keptCounts: [Int] {
    get throws { try network.prunableIndices.map { try flow.count(of: $0) } }
  }

  /// |w · ∂R/∂w| in float64 of what is left, of that alone, in memory that the next call writes over.
  package func scores(in iteration: Int) throws -> [Ranking.Layer] {
    try compute()
    return try network.prunableIndices.map { index in
      let (tensor, scores) = (network.tensors[index], try flow.scores(of: index))
      try Scores.refuseInfinity(scores, name: tensor.name)
      try Scores.refuseNotANumber(scores, name: tensor.name, source: "SynFlow")
      return Ranking.Layer(name: tensor.name, shape: tensor.shape, scoresOfLeft: scores)
    }
  }

  /// The same in the shape of the weights, zero where they are pruned.
  package func spreadScores() throws -> [Tensor] {
    try compute()
    return try network.prunableIndices.map { try flow.spreadScores(of: $0) }
  }

  private func compute() throws {
    output = try flow.compute()
    // Weights that are no numbers are told by the scores, with the tensor's name.
    guard try output.isFinite || !weights.tensors.allSatisfy({ try $0.isFinite() }) else {
      throw PruningError.flowOverflow
    }
  }

  package func drop(_ decision: Ranking.Decision) throws {
    for (position, kept) in decision.rows {
      try flow.take(kept, of: network.prunableIndices[position])
    }
    for cut in decision.cuts {
      var bar = cut.bar
      for position in cut.positions {
        try flow.keep(of: network.prunableIndices[position], from: &bar)
      }
    }
  }

  package var mask: Mask {
    get throws {
      Mask(
        layers: try zip(network.prunableIndices, network.prunable).map { index, tensor in
          Mask.Layer(
            name: tensor.name, shape: tensor.shape,
            kept: try flow.mask(of: index, size: tensor.count))
        })
    }
  }
}
