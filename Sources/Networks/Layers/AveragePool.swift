import Recipes
import Tensors

extension LayerAct {
  /// The mean of each window.
  static let averagePool = LayerAct(
    .averagePool,
    forward: { (layer, _, x) throws(TensorError) in
      try x.averagePool(kernel: layer.window.kernel, stride: layer.window.stride)
    },
    operation: { .averagePool($0.window) },
    walk: { layer, walk, x in try walk.pooled(x, layer.window) })
}
