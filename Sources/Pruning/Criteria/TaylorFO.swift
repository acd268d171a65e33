import Tensors

extension Scoring {
  /// (w · ∂L/∂w)² of each batch's mean cross-entropy, averaged over batches: the squared change of the
  /// loss when the weight goes, to first order.
  ///
  /// On one batch these rank as SNIP's do; averaging squares over batches does not.
  /// Reference: Molchanov, Mallya, Tyree, Frosio & Kautz, CVPR 2019, eq. 8.
  func taylorScores() throws -> [Tensor] {
    let values = prunable(weights.tensors)
    return try mean(
      batches.map { batch in
        try zip(values, gradients(on: batch)).map { value, gradient in
          let product = try value * gradient
          return try product * product
        }
      })
  }
}
