import Recipes
import Tensors

extension LayerAct {
  /// The largest of each window.
  static let maxPool = LayerAct(
    .maxPool,
    forward: { (layer, _, x) throws(TensorError) in
      let window = layer.window
      return try x.maxPool(kernel: window.kernel, stride: window.stride, padding: window.padding)
    },
    operation: { .maxPool($0.window) },
    walk: { layer, walk, x in try walk.pooled(x, layer.window) })
}
