import Networks
import Randomness
import Recipes
import Tensors

/// Layers of 60, 60 and 40 weights, the first two of one shape.
let network = Network(
  .lenet(hidden: [6, 10]), input: ExampleShape(channels: 1, height: 2, width: 5), classes: 4)

func weights(seed: UInt64) throws -> Weights {
  try Weights(
    initializing: network,
    with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
    path: StreamPath(seed: seed) / "initialization")
}

/// The first `counts` weights of each layer kept.
func mask(_ counts: [Int]) -> Mask {
  Mask(
    layers: zip(network.prunable, counts).map { tensor, count in
      Mask.Layer(
        name: tensor.name, shape: tensor.shape,
        kept: (0..<tensor.count).map { $0 < count ? 1 : 0 })
    })
}
