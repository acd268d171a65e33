import Recipes
import Tensors

extension LayerAct {
  /// max(x, 0).
  static let relu = LayerAct(
    .relu, forward: { (_, _, x) throws(TensorError) in try x.relu() }, operation: { _ in .relu })
}
