import Recipes
import Tensors

extension LayerAct {
  /// Batch norm by the pass's statistics.
  static let batchNorm = LayerAct(
    .batchNorm,
    forward: { (layer, pass, x) throws(TensorError) in
      try x.batchNorm(
        scale: pass.tensor("weight", of: layer), shift: pass.tensor("bias", of: layer),
        statistics: try pass.statistics.found(
          mean: pass.tensor("running_mean", of: layer),
          variance: pass.tensor("running_var", of: layer)))
    },
    operation: { layer in
      .batchNorm(
        .init(
          weight: layer.position(of: "weight"), bias: layer.position(of: "bias"),
          mean: layer.position(of: "running_mean"), variance: layer.position(of: "running_var")))
    })
}

extension ForwardPass.Statistics {
  /// What a batch norm with these running statistics computes with.
  fileprivate func found(mean: Tensor, variance: Tensor) throws(TensorError)
    -> Tensor.NormalizationStatistics
  {
    switch self {
    case .moving(let momentum): .batchMoving(mean: mean, variance: variance, momentum: momentum)
    case .mode(.train): .batch
    case .mode(.eval): .fixed(mean: mean, variance: variance)
    case .mode(.identity):
      .fixed(
        mean: try Tensor(repeating: 0, shape: mean.shape, type: try mean.type),
        variance: try Tensor(repeating: 1, shape: variance.shape, type: try variance.type))
    }
  }
}
