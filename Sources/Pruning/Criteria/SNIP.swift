import Recipes
import Tensors

extension Scoring {
  /// |w · ∂L/∂w|, L the mean cross-entropy over the scoring set; not normalized, which no ranking sees.
  ///
  /// Over several batches either the gradients are averaged before the absolute value is taken, or the
  /// absolute values after. Reference: Lee, Ajanthan & Torr, ICLR 2019, eq. 4.
  func snipScores(_ reading: CriterionSpecification.SnipReading) throws -> [Tensor] {
    let values = prunable(weights.tensors)
    let perBatch = try batches.map { batch -> [Tensor] in
      let products = try zip(values, gradients(on: batch)).map { try $0 * $1 }
      return switch reading {
      case .sumThenAbsolute: products
      case .absoluteThenMean: try products.map { try $0.absolute() }
      }
    }
    return try mean(perBatch).map { try $0.absolute() }
  }
}
