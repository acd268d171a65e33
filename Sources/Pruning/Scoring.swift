package import Datasets
package import Foundation
package import Networks
package import Randomness
package import Recipes
import Tensors

/// Everything that a criterion may look at.
package struct Scoring {
  /// The network.
  package let network: Network
  /// Weights that are scored, pruned ones exactly zero.
  package let weights: Weights
  /// Which weights are left to rank.
  package let mask: Mask
  /// The scoring set; empty for criteria that read no data.
  package let batches: [Batch]
  /// Batch norm's mode.
  package let mode: NormalizationMode
  /// Draws random scores, and the probes of an estimated Hessian.
  package let path: StreamPath
  /// Where a user's program runs.
  package let folder: URL
  /// The user's program that has the network, at these weights under this mask; `nil` where the toolkit has it.
  let program: (any ScoredProgram)?

  /// A scoring.
  package init(
    network: Network, weights: Weights, mask: Mask, batches: [Batch], mode: NormalizationMode,
    path: StreamPath, folder: URL, program: (any ScoredProgram)? = nil
  ) throws {
    self.program = program
    self.network = network
    self.weights = try weights.masked(by: mask)
    self.mask = mask
    self.batches = batches
    self.mode = mode
    self.path = path
    self.folder = folder
  }

  /// Scores by `criterion`, checked for NaN, names and shapes.
  package func scores(by criterion: CriterionSpecification) throws -> Scores {
    guard let formula = Formula.all.first(where: { $0.name == criterion.name }) else {
      preconditionFailure("no formula of \(criterion.name)")
    }
    return try formula.scores(
      criterion.descriptor.isInDoublePrecision ? inDoublePrecision() : self, criterion.options)
  }

  private init(
    _ scoring: Scoring, weights: Weights, batches: [Batch]
  ) {
    network = scoring.network
    self.weights = weights
    mask = scoring.mask
    self.batches = batches
    mode = scoring.mode
    path = scoring.path
    folder = scoring.folder
    program = scoring.program
  }

  private func inDoublePrecision() throws -> Scoring {
    Scoring(
      self,
      weights: Weights(
        specifications: weights.specifications,
        tensors: try weights.tensors.map { try $0.converted(to: .float64) }),
      batches: try batches.map {
        Batch(inputs: try $0.inputs.converted(to: .float64), labels: $0.labels)
      })
  }

  /// The weights that are scored, of the prunable tensors alone.
  var values: [Tensor] { prunable(weights.tensors) }

  /// The prunable ones among `tensors`, which are in state-dict order.
  func prunable(_ tensors: [Tensor]) -> [Tensor] { network.prunableIndices.map { tensors[$0] } }
}
