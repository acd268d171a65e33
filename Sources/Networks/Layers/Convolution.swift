import Recipes
import Tensors

extension LayerAct {
  /// A square convolution.
  static let convolution = LayerAct(
    .convolution,
    forward: { (layer, pass, x) throws(TensorError) in
      try x.convolution(
        weight: pass.tensor("weight", of: layer), bias: pass.bias(of: layer),
        stride: layer.window.stride, padding: layer.window.padding, groups: layer.plan.groups)
    },
    operation: { layer in
      precondition(layer.plan.groups == 1, "programs have no \(layer.plan.label) of groups")
      return .convolution(
        weight: layer.position(of: "weight"), bias: layer.tensors["bias"], layer.window)
    },
    walk: { layer, walk, x in
      try walk.weighted(layer, x) {
        try $0.convolution(
          weight: $1, bias: nil, stride: layer.window.stride, padding: layer.window.padding,
          groups: layer.plan.groups)
      }
    })
}
