import Recipes
import Tensors

extension LayerAct {
  /// The mean of each channel.
  static let globalAveragePool = LayerAct(
    .globalAveragePool, forward: { (_, _, x) throws(TensorError) in try x.globalAveragePool() },
    operation: { _ in .globalAveragePool },
    walk: { _, walk, x in try walk.spread(x) { try $0.globalAveragePool() } })
}
