/// What the prunable weights of a network look like: at a start, or after the training that the state in the role
/// ``InputRole/end`` is the end of, beside that start.
///
/// The mask in the role ``InputRole/mask`` tells kept weights from pruned ones; without it all are kept.
package struct WeightStatisticsRecipe: Work {
  package static let kind = "weight-statistics"
  package static let schema = 1

  /// Network and data.
  package let problem: Problem
  /// The weights that training starts from (a state in the role ``InputRole/weights`` where they are a checkpoint).
  package let start: WeightsSource
  /// Steps after which the state in the role ``InputRole/end`` kept the weights that are looked at; `nil` where the
  /// start is looked at by itself.
  package let endIteration: Int?
  /// Whether singular values are computed, which takes longer than all else.
  package let spectra: Bool

  /// A recipe of weight statistics.
  package init(problem: Problem, start: WeightsSource, endIteration: Int?, spectra: Bool) {
    self.problem = problem
    self.start = start
    self.endIteration = endIteration
    self.spectra = spectra
  }

  package var reads: [Reading] {
    start.reads + (endIteration.map { [.weights(InputRole.end, after: $0)] } ?? []) + [.mask()]
  }

  /// Sorting and logarithms; of an `[m, n]` matrix, m ≤ n, some 4 m² n operations, of which a core does fewer at a time
  /// than of products.
  package var cost: Double {
    let passes = endIteration == nil ? 10.0 : 20
    let decompositions = problem.tensors.filter(\.isPrunable).reduce(0.0) { sum, tensor in
      let (size, rows) = (Double(tensor.count), Double(tensor.shape[0]))
      return sum + 4 * size * min(rows, size / max(1, rows))
    }
    return Estimate.least + passes * problem.sizes.prunable * Estimate.perWeight
      + (spectra ? 10 * decompositions / Estimate.rate : 0)
  }

  /// Both networks and the mask; kept, pruned and starting weights of all layers and of one, in order and out of it; the
  /// largest layer as a matrix in float64, and a copy.
  package var memory: Double {
    40 * problem.sizes.weights + (spectra ? 24 * problem.sizes.largestTensor : 0)
  }
}
