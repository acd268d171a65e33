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
}
