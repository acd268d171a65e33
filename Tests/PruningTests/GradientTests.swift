import Datasets
import Foundation
import Networks
import Pruning
import Randomness
import Recipes
import Tensors
import Testing

@Suite struct GradientTests {
  @Test(arguments: [40, 16]) func scoresAreAbsoluteGradientsOverTheScoringSet(batchSize: Int) throws
  {
    let setting = try Setting()
    let whole = try setting.batches()[0]
    let variables = try setting.weights.tensors.map { try $0.variable() }
    let gradients = try setting.network.logits(variables, whole.inputs, mode: .eval)
      .crossEntropy(whole.labels).gradients(
        of: setting.network.prunableIndices.map { variables[$0] })
    let found = try setting.scoring(batches: setting.batches(40, batchSize: batchSize))
      .scores(by: .init(.gradient)).values
    for (values, gradient) in zip(found, gradients) {
      let expected = try gradient.converted(to: .float64).absolute().elements(of: Double.self)
      #expect(relativeError(values, expected) < 1e-5)
    }
  }

  @Test(
    "a narrow residual network's are exact in either mode of batch norm",
    arguments: [NormalizationMode.eval, .train])
  func residual(_ mode: NormalizationMode) throws {
    let network = Network(
      .resnet(depth: 8, width: 4), input: ExampleShape(channels: 1, height: 8, width: 8),
      classes: 4)
    let weights = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .uniform),
      path: StreamPath(seed: 3))
    var stream = RandomStream(StreamPath(seed: 4))
    let examples = 64
    let batch = Batch(
      inputs: try Tensor(
        (0..<examples * 64).map { _ in Float(stream.uniform() - 0.5) }, shape: [examples, 1, 8, 8]),
      labels: try Tensor((0..<examples).map { Int64($0 % 4) }, shape: [examples]))
    let found = try Scoring(
      network: network, weights: weights, mask: Mask(keepingAllOf: network), batches: [batch],
      mode: mode, path: StreamPath(seed: 5), folder: FileManager.default.temporaryDirectory
    ).scores(by: .init(.gradient))
    // Central differences of the loss in float64 along one weight at a time.
    let tensors = try weights.tensors.map { try $0.converted(to: .float64) }
    let inputs = try batch.inputs.converted(to: .float64)
    func loss(_ position: Int, _ element: Int, moved step: Double) throws -> Double {
      var moved = tensors
      moved[position] = try tensors[position].copy()
      try moved[position].withMutableElements(of: Double.self) { $0[element] += step }
      return try network.logits(moved, inputs, mode: mode).crossEntropy(batch.labels).item
    }
    for (layer, position) in zip(found.layers, network.prunableIndices) {
      #expect(try layer.scores.type == .float64)
      let values = try layer.scores.elements(of: Double.self)
      for element in [0, values.count / 2, values.count - 1] {
        let step = 1e-6
        let slope =
          try (loss(position, element, moved: step) - loss(position, element, moved: -step))
          / (2 * step)
        #expect(
          abs(values[element] - abs(slope)) < 1e-8, "\(layer.name) \(element): \(slope)")
      }
    }
  }
}
