import CKernels

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
    try require(.float32)
    guard let memory else {
      throw .operation("a combination must be a CPU tensor without gaps")
    }
    var read: (terms: [Tensor], coefficients: [Double]) = ([], [])
    for (term, coefficient) in zip(terms, coefficients) {
      guard term.shape == shape else {
        throw .operation("a combination of shape \(shape) meets a term of shape \(term.shape)")
      }
      try term.require(.float32)
      guard coefficient != 0 else { continue }
      read.terms.append(try term.moved(to: .cpu).lying(as: memory))
      read.coefficients.append(coefficient)
    }
    let pointers = read.terms.map { UnsafePointer($0.memory!.start(as: Float.self)) }
    withExtendedLifetime((self, read.terms)) {
      ck_combine(memory.start(), count, pointers, read.coefficients, pointers.count)
    }
  }
}
