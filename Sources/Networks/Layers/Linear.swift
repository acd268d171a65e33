import Recipes
import Tensors

extension LayerAct {
  /// A fully connected layer.
  static let linear = LayerAct(
    .linear,
    forward: { (layer, pass, x) throws(TensorError) in
      try x.linear(weight: pass.tensor("weight", of: layer), bias: pass.bias(of: layer))
    },
    operation: { layer in
      .linear(weight: layer.position(of: "weight"), bias: layer.tensors["bias"])
    },
    walk: { layer, walk, x in
      try walk.weighted(layer, x) { try $0.linear(weight: $1, bias: nil) }
    })
}
