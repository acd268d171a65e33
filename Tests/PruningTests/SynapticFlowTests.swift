import Networks
import Pruning
import Randomness
import Recipes
import Tensors
import Testing

@Suite struct SynapticFlowTests {
  /// Against automatic differentiation of R in float64.
  @Test(arguments: ["lenet-5", "conv-2", "vgg-11", "resnet-8-4", "wrn-10-1"])
  func scoresAreThoseOfAutograd(name: String) throws {
    let network = Network(
      try #require(NetworkSpecification(name)),
      input: ExampleShape(channels: 2, height: 24, width: 20), classes: 3)
    let weights = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .uniform, scales: .uniform),
      path: StreamPath(seed: 1) / name)
    let flow = try SynapticFlow(network, weights: weights)
    // A second mask, too: nothing of the first may be left.
    for step in [5, 3] {
      let mask = Mask(
        layers: network.prunable.map { tensor in
          Mask.Layer(
            name: tensor.name, shape: tensor.shape,
            kept: (0..<tensor.count).map { $0 % step == 1 ? 0 : 1 })
        })
      let variables = try Weights(
        specifications: network.tensors,
        tensors: try weights.masked(by: mask).tensors.map {
          try $0.converted(to: .float64).absolute()
        }
      ).variables()
      let ones = try Tensor(repeating: 1, shape: [1, 2, 24, 20], type: .float64)
      let output = try network.logits(variables, ones, mode: .identity).sum()
      let values = network.prunableIndices.map { variables[$0] }
      let gradients = try output.gradients(of: values)
      let (scores, sum) = try flow.under(mask)
      #expect(try abs(sum / output.item - 1) < 1e-12)
      for (index, (value, gradient)) in zip(values, gradients).enumerated() {
        let expected = zip(
          try (value.detached() * gradient).absolute().elements(of: Double.self),
          mask.layers[index].kept
        ).filter { $1 == 1 }.map(\.0)
        let found = try scores.layers[index].scores.elements(of: Double.self)
        #expect(
          found.count == expected.count
            && zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-11 * max(abs($1), 1e-300) },
          "\(scores.layers[index].name)")
      }
    }
  }
}
