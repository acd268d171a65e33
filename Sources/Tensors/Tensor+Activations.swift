import CTorch

extension Tensor {
  /// x · Φ(x), Φ the standard normal distribution function.
  package func gelu() throws(TensorError) -> Tensor {
    try Tensor { ct_gelu($0, handle.pointer, $1) }
  }

  /// x · sigmoid(x).
  package func silu() throws(TensorError) -> Tensor {
    try Tensor { ct_silu($0, handle.pointer, $1) }
  }

  /// 1 / (1 + e⁻ˣ).
  package func sigmoid() throws(TensorError) -> Tensor {
    try Tensor { ct_sigmoid($0, handle.pointer, $1) }
  }

  /// The hyperbolic tangent.
  package func tanh() throws(TensorError) -> Tensor {
    try Tensor { ct_tanh($0, handle.pointer, $1) }
  }
}
