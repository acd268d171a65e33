import Recipes
import Tensors

extension LayerAct {
  /// Dropout where a pass has draws, or else nothing.
  static let dropout = LayerAct(
    withoutProgram: .dropout,
    forward: { (layer, pass, x) throws(TensorError) in
      guard let draws = pass.dropout else { return x }
      return try x * draws.factors(like: x, rate: layer.options.number("rate"))
    })
}
