import CTorch

extension Tensor {
  /// The same values as a leaf that gradients can be taken with respect to.
  package func variable() throws(TensorError) -> Tensor {
    let leaf = try detached()
    try check { ct_set_requires_grad(leaf.handle.pointer, true, $0) }
    return leaf
  }

  /// Gradients of this one-element tensor with respect to `inputs`, zeros where it does not depend on
  /// one.
  ///
  /// - Parameters:
  ///   - inputs: tensors that this one was computed from.
  ///   - recorded: whether the gradients can be differentiated again (Hessian–vector products).
  package func gradients(of inputs: [Tensor], recorded: Bool = false) throws(TensorError)
    -> [Tensor]
  {
    let pointers = inputs.map { Optional($0.handle.pointer) }
    var gradients = [ct_tensor?](repeating: nil, count: inputs.count)
    try check { error in
      gradients.withUnsafeMutableBufferPointer { out in
        ct_gradients(
          out.baseAddress, handle.pointer, pointers, pointers.count, recorded, error)
      }
    }
    return gradients.map { Tensor(owning: $0!) }
  }

  /// Vector–Jacobian products `Σₖ vₖᵀ · ∂outputₖ/∂input`, one for each of `inputs` and of its shape; zeros
  /// where no output depends on an input.
  ///
  /// The recording stays, so that any number of products can be taken of it. With gradients taken by
  /// ``gradients(of:recorded:)`` as outputs these are Hessian–vector products (Pearlmutter, Neural
  /// Computation 1994).
  ///
  /// - Parameters:
  ///   - vectors: one tensor of each output's shape.
  ///   - outputs: tensors that were computed from `inputs`, recorded.
  ///   - inputs: leaves made by ``variable()``.
  package static func vectorJacobianProducts(
    _ vectors: [Tensor], of outputs: [Tensor], inputs: [Tensor]
  ) throws(TensorError) -> [Tensor] {
    precondition(
      vectors.count == outputs.count, "\(vectors.count) vectors for \(outputs.count) outputs")
    let vectors = vectors.map { Optional($0.handle.pointer) }
    let outputs = outputs.map { Optional($0.handle.pointer) }
    let pointers = inputs.map { Optional($0.handle.pointer) }
    var products = [ct_tensor?](repeating: nil, count: inputs.count)
    try check { error in
      products.withUnsafeMutableBufferPointer { out in
        ct_vector_jacobian(
          out.baseAddress, outputs, vectors, outputs.count, pointers, pointers.count, error)
      }
    }
    return products.map { Tensor(owning: $0!) }
  }
}
