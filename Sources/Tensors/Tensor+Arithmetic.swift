import CTorch

extension Tensor {
  /// Element-wise sum, shapes broadcast as in PyTorch.
  package static func + (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Tensor { ct_add($0, a.handle.pointer, b.handle.pointer, $1) }
  }

  /// Element-wise difference, shapes broadcast as in PyTorch.
  package static func - (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Tensor { ct_subtract($0, a.handle.pointer, b.handle.pointer, $1) }
  }

  /// Element-wise product, shapes broadcast as in PyTorch.
  package static func * (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Tensor { ct_multiply($0, a.handle.pointer, b.handle.pointer, $1) }
  }

  /// Element-wise quotient, shapes broadcast as in PyTorch.
  package static func / (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Tensor { ct_divide($0, a.handle.pointer, b.handle.pointer, $1) }
  }

  /// Every element times `factor`.
  package static func * (a: Tensor, factor: Double) throws(TensorError) -> Tensor {
    try Tensor { ct_scale($0, a.handle.pointer, factor, $1) }
  }

  /// Element-wise absolute value.
  package func absolute() throws(TensorError) -> Tensor {
    try Tensor { ct_absolute($0, handle.pointer, $1) }
  }

  /// Element-wise max(x, 0).
  package func relu() throws(TensorError) -> Tensor {
    try Tensor { ct_relu($0, handle.pointer, $1) }
  }

  /// Sum of all elements, a tensor of one element.
  package func sum() throws(TensorError) -> Tensor {
    try Tensor { ct_sum($0, handle.pointer, $1) }
  }

  /// Where elements differ, as `BOOL`.
  package func differs(from other: Tensor) throws(TensorError) -> Tensor {
    try Tensor { ct_not_equal($0, handle.pointer, other.handle.pointer, $1) }
  }

  /// Whether no element is NaN or infinite.
  package func isFinite() throws(TensorError) -> Bool {
    var finite = false
    try check { ct_all_finite(&finite, handle.pointer, $0) }
    return finite
  }

  /// Matrix product `[n, k]·[k, m] → [n, m]`.
  package func matmul(_ other: Tensor) throws(TensorError) -> Tensor {
    try Tensor { ct_matmul($0, handle.pointer, other.handle.pointer, $1) }
  }

  /// The last two dimensions exchanged.
  package func transposed() throws(TensorError) -> Tensor {
    try Tensor { ct_transpose($0, handle.pointer, $1) }
  }

  /// The same elements in another shape; one extent may be −1.
  package func reshaped(_ shape: [Int]) throws(TensorError) -> Tensor {
    let extents = shape.map(Int64.init)
    return try Tensor { ct_reshape($0, handle.pointer, extents, extents.count, $1) }
  }

  /// `length` entries of `dimension` from `start`, sharing memory.
  package func narrowed(_ dimension: Int, start: Int, length: Int) throws(TensorError) -> Tensor {
    try Tensor { ct_narrow($0, handle.pointer, Int64(dimension), Int64(start), Int64(length), $1) }
  }

  /// Fully connected layer `x·wᵀ + b`: `[N, in]`, `[out, in]`, `[out]` → `[N, out]`.
  package func linear(weight: Tensor, bias: Tensor?) throws(TensorError) -> Tensor {
    try Tensor {
      ct_linear($0, handle.pointer, weight.handle.pointer, bias?.handle.pointer, $1)
    }
  }

  /// Mean cross-entropy in nats of these `[N, C]` logits with `[N]` int64 `labels`.
  package func crossEntropy(_ labels: Tensor) throws(TensorError) -> Tensor {
    try Tensor { ct_cross_entropy($0, handle.pointer, labels.handle.pointer, $1) }
  }

  /// Rows of these `[N, C]` logits whose largest is at the label, and the float64 sum of their
  /// cross-entropies in nats.
  package func evaluation(_ labels: Tensor) throws(TensorError) -> (correct: Int, lossSum: Double) {
    var (correct, lossSum) = (Int64(0), 0.0)
    try check { ct_evaluate(&correct, &lossSum, handle.pointer, labels.handle.pointer, $0) }
    return (Int(correct), lossSum)
  }

  /// Reduced QR decomposition of a `[m, n]` matrix, m ≥ n.
  package func qr() throws(TensorError) -> (q: Tensor, r: Tensor) {
    var (q, r): (ct_tensor?, ct_tensor?) = (nil, nil)
    try check { ct_qr(&q, &r, handle.pointer, $0) }
    return (Tensor(owning: q!), Tensor(owning: r!))
  }
  /// The singular values of an `[m, n]` matrix, falling, min(m, n) of them.
  ///
  /// - Throws: ``TensorError/operation(_:)`` for numbers that are not finite, of which LAPACK may never come back.
  package func singularValues() throws(TensorError) -> Tensor {
    guard try isFinite() else {
      throw .operation("a matrix with NaN or infinity has no singular values")
    }
    return try Tensor { ct_singular_values($0, handle.pointer, $1) }
  }
}
