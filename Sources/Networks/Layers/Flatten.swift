import Recipes
import Tensors

extension LayerAct {
  /// Channels, rows and columns as one vector.
  static let flatten = LayerAct(
    .flatten, forward: { (_, _, x) throws(TensorError) in try x.reshaped([x.shape[0], -1]) },
    operation: { _ in .flatten },
    walk: { _, walk, x in try walk.spread(x) { try $0.reshaped([1, -1]) } })
}
