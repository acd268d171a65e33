import Recipes
import Tensors

extension LayerAct {
  /// Layer norm over units, or over channels at each position.
  static let layerNorm = norm(.layerNorm) { (_, x, weight, bias) throws(TensorError) in
    try x.layerNorm(weight: weight, bias: bias)
  }

  /// Group norm.
  static let groupNorm = norm(.groupNorm) { (layer, x, weight, bias) throws(TensorError) in
    try x.groupNorm(groups: layer.plan.groups, weight: weight, bias: bias)
  }

  /// A norm over each example. Synaptic flow takes mean 0 and variance 1 for its statistics, as for batch norm's. Paths lead
  /// through each number; what others contribute to its mean and variance is none.
  private static func norm(
    _ kind: LayerKind,
    _ function:
      @escaping @Sendable (Layer, Tensor, _ weight: Tensor, _ bias: Tensor)
      throws(TensorError) -> Tensor
  ) -> LayerAct {
    LayerAct(
      withoutProgram: kind,
      forward: { (layer, pass, x) throws(TensorError) in
        let (weight, bias) = (
          pass.tensor("weight", of: layer), pass.tensor("bias", of: layer)
        )
        if pass.isLinearized {
          let shape = [1, weight.count] + x.shape.dropFirst(2).map { _ in 1 }
          let factor = 1 / (1 + 1e-5).squareRoot()
          return try x * (weight.reshaped(shape) * factor) + bias.reshaped(shape)
        }
        // Weight and bias stay float32 where inputs are narrower, as batch norm's do.
        let type = try x.type
        guard type == .bfloat16 else { return try function(layer, x, weight, bias) }
        return try function(layer, x.converted(to: .float32), weight, bias).converted(to: type)
      })
  }
}
