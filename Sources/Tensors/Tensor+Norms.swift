import CTorch

extension Tensor {
  /// `(x − mean) / √(variance + ε) · weight + bias` over dimension 1 of `[N, C, …]`, of each example and position by
  /// itself (Ba, Kiros & Hinton, 2016); weight and bias `[C]`.
  package func layerNorm(weight: Tensor, bias: Tensor, epsilon: Double = 1e-5)
    throws(TensorError) -> Tensor
  {
    try Tensor {
      ct_layer_norm(
        $0, handle.pointer, weight.handle.pointer, bias.handle.pointer, epsilon, $1)
    }
  }

  /// The same over all positions of each of `groups` groups of channels (Wu & He, ECCV 2018).
  package func groupNorm(groups: Int, weight: Tensor, bias: Tensor, epsilon: Double = 1e-5)
    throws(TensorError) -> Tensor
  {
    try Tensor {
      ct_group_norm(
        $0, handle.pointer, Int64(groups), weight.handle.pointer, bias.handle.pointer, epsilon, $1)
    }
  }
}
