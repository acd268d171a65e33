package import Networks
package import Randomness
package import Recipes
import Tensors
import Training

/// How much a network's loss rises as half of each hidden layer is dropped, from the top layer down.
///
/// A network is ε-dropout stable if some way of doing so raises the loss by at most ε after every layer
/// (Kuditipudi et al., NeurIPS 2019, definition 1): what is found is an upper bound of the smallest ε. In each
/// layer the half of the largest norms competes with random halves, the layers above being chosen, and
/// the one of the least loss on the training subset is kept.
package struct DropoutStability {
  /// The halves that were chosen.
  package let halves: UnitHalves
  /// The networks with the top one, two, … hidden layers dropped, from the top down.
  package let dropped: [Weights]
  /// Number of the random half chosen in each hidden layer, from 1 and in network order; 0 for the half of
  /// the largest norms.
  package let choices: [Int]

  /// Chooses halves.
  ///
  /// - Parameters:
  ///   - layers: the network's layers.
  ///   - evaluator: measures losses on its training subset, which must have examples.
  ///   - draws: random halves tried in each layer.
  ///   - stream: draws them.
  package init(
    of weights: Weights, _ layers: [PlainLayer], measuredBy evaluator: PointEvaluator, draws: Int,
    stream: StreamPath
  ) throws {
    let largest = try UnitHalves(largestOf: weights, layers)
    var (kept, choices) = (largest.kept, Array(repeating: 0, count: largest.kept.count))
    var (current, dropped) = (weights, [Weights]())
    for hidden in kept.indices.reversed() {
      var random = RandomStream(stream / layers[hidden].name)
      var best: (weights: Weights, loss: Double)?
      for draw in 0...draws {
        let units = layers[hidden].units
        let half =
          draw == 0
          ? largest.kept[hidden] : random.choose(UnitHalves.size(of: units), from: units)
        let candidate = try current.reading(half, by: layers[hidden + 1])
        let loss =
          draws == 0 ? 0 : try evaluator.evaluateTraining(candidate).loss ?? .infinity
        guard best.map({ loss < $0.loss }) ?? true else { continue }
        best = (candidate, loss)
        (kept[hidden], choices[hidden]) = (half, draw)
      }
      current = best!.weights
      dropped.append(current)
    }
    halves = UnitHalves(kept: kept)
    self.dropped = dropped
    self.choices = choices
  }
}
