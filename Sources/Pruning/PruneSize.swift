package import Networks
import Recipes
import Tensors

extension Scoring {
  /// R of SynFlow: the summed output of the network with absolute parameters on an all-ones input, in
  /// float64, batch norm the identity. Every layer's scores sum to it where biases are zero.
  ///
  /// Reference: Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020, eq. 3 and theorem 2.
  package func summedOutput() throws -> Double {
    let parameters = try weights.tensors.map { try $0.converted(to: .float64).absolute() }
    return try Engine.withoutRecording { try network.summedOutput(parameters).item }
  }
}

extension Scores {
  /// The sum of the scores of weights that `before` keeps and `after` prunes.
  ///
  /// Where `after` keeps the highest of `before`, and pruned weights score zero, this is the sum of the
  /// N − k lowest scores: the prune size of Tanaka et al. (NeurIPS 2020, section 6).
  package func total(from before: Mask, to after: Mask) throws -> Double {
    var total = 0.0
    for (index, layer) in layers.enumerated() {
      let (old, new) = (before.layers[index].kept, after.layers[index].kept)
      try layer.scores.converted(to: .float64).withElements(of: Double.self) { scores in
        let isOfKept = scores.count < old.count
        var next = 0
        for index in old.indices where old[index] == 1 {
          if new[index] == 0 { total += scores[isOfKept ? next : index] }
          next += 1
        }
      }
    }
    return total
  }
}
