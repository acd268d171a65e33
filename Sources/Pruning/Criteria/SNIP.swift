import Recipes
import Tensors

extension Formula {
  /// |w · ∂L/∂w|, L the mean cross-entropy over the scoring set; not normalized, which no ranking sees.
  ///
  /// Over several batches either the gradients are averaged before the absolute value is taken, or the
  /// absolute values after. Reference: Lee, Ajanthan & Torr, ICLR 2019, eq. 4.
  static let snip = Formula(.snip) { scoring, options in
    let values = scoring.values
    let perBatch = try scoring.parts.map { part -> [Tensor] in
      let products = try zip(values, scoring.gradients(onPart: part)).map { try $0 * $1 }
      return switch options.choice("reading", as: SNIPReading.self) {
      case .sumThenAbsolute: products
      case .absoluteThenMean: try products.map { try $0.absolute() }
      }
    }
    return try scoring.mean(perBatch).map { try $0.absolute() }
  }
}
