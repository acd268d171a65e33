import Recipes
import Tensors

extension Formula {
  /// (w · ∂L/∂w)² of each batch's mean cross-entropy, averaged over batches: the squared change of the
  /// loss when the weight goes, to first order.
  ///
  /// On one batch these rank as SNIP's do; averaging squares over batches does not.
  /// Reference: Molchanov, Mallya, Tyree, Frosio & Kautz, CVPR 2019, eq. 8.
  static let taylorFO = Formula(.taylorFO) { scoring, _ in
    let values = scoring.values
    return try scoring.mean(
      scoring.parts.map { part in
        try zip(values, scoring.gradients(onPart: part)).map { value, gradient in
          let product = try value * gradient
          return try product * product
        }
      })
  }
}
