import Recipes
import Tensors

/// A criterion's formula, found by the name of its descriptor.
package struct Formula: Sendable {
  /// Every formula. A new one joins by a line here and one in `Criterion.all`.
  package static let all: [Formula] = [
    .random, .magnitude, .gradient, .gradientMagnitude, .snip, .taylorFO, .grasp, .obd, .wanda,
    .synflow, .command,
  ]

  /// The descriptor's name.
  package let name: String
  /// Checked scores.
  let scores: @Sendable (Scoring, OptionValues) throws -> Scores

  /// The formula of `criterion`, which gives a tensor for each prunable one.
  init(
    _ criterion: Criterion,
    tensors: @escaping @Sendable (Scoring, OptionValues) throws -> [Tensor]
  ) {
    self.init(criterion) { scoring, options in
      let prunable = scoring.network.prunable
      let layers = try zip(prunable, tensors(scoring, options)).map { specification, tensor in
        try Scores.refuseInfinity(tensor, name: specification.name)
        return Scores.Layer(name: specification.name, scores: tensor)
      }
      return try Scores(layers, for: scoring.network, source: "the criterion")
    }
  }

  /// The formula of `criterion`, which checks its scores itself.
  init(
    _ criterion: Criterion, scores: @escaping @Sendable (Scoring, OptionValues) throws -> Scores
  ) {
    name = criterion.name
    self.scores = scores
  }
}
