import Recipes
import Tensors

extension LayerAct {
  /// The sum of two branches.
  static let residual = LayerAct(
    .residual,
    forward: { (layer, pass, x) throws(TensorError) in
      try pass.run(layer.branches[0], x) + pass.run(layer.branches[1], x)
    },
    lower: { layer, program, value in
      let sum = program.append(layer.branches[0], reading: value)
      return program.append(.add(program.append(layer.branches[1], reading: value)), sum)
    },
    walk: { layer, walk, x in
      try walk.joined(
        try walk.forward(layer.branches[0], x), try walk.forward(layer.branches[1], x))
    })
}
