import CTorch

extension Tensor {
  /// Becomes `Σ cₖ · termₖ` in place, summed in float64 and rounded once; terms whose coefficient is 0 are
  /// not read.
  ///
  /// - Parameters:
  ///   - terms: float32 tensors of this float32 tensor's shape that share no memory with it.
  ///   - coefficients: one for each term.
  package func combine(_ terms: [Tensor], coefficients: [Double]) throws(TensorError) {
    precondition(
      terms.count == coefficients.count, "\(coefficients.count) coefficients, \(terms.count) terms")
    let pointers = terms.map { Optional($0.handle.pointer) }
    try check { ct_combine(handle.pointer, pointers, coefficients, coefficients.count, $0) }
  }
}
