import Datasets
import Foundation
import Networks
import Pruning
import Randomness
import Recipes
import Tensors
import Testing

/// |w| · ‖x‖ against norms added up one by one.
@Suite struct WandaTests {
  private func scores(
    of network: Network, _ weights: Weights, _ batches: [Batch]
  ) throws -> [[Double]] {
    try Scoring(
      network: network, weights: weights, mask: Mask(keepingAllOf: network), batches: batches,
      mode: .eval, path: StreamPath(seed: 1), folder: FileManager.default.temporaryDirectory
    ).scores(by: CriterionSpecification(.wanda)).values
  }

  @Test("of fully connected layers the norms are those of the inputs and of the ReLU's outputs")
  func linear() throws {
    let setting = try Setting()
    let batches = try setting.batches(40, batchSize: 16)
    let found = try scores(of: setting.network, setting.weights, batches)
    let tensors = try setting.weights.tensors.map {
      try $0.elements(of: Float.self).map(Double.init)
    }
    var squares = [[Double](repeating: 0, count: 6), [Double](repeating: 0, count: 14)]
    for batch in batches {
      let inputs = try batch.inputs.elements(of: Float.self).map(Double.init)
      for example in 0..<batch.labels.count {
        let x = Array(inputs[example * 6..<example * 6 + 6])
        var hidden = tensors[1]
        for unit in 0..<14 {
          for input in 0..<6 { hidden[unit] += tensors[0][unit * 6 + input] * x[input] }
          hidden[unit] = max(0, hidden[unit])
        }
        for (layer, values) in [x, hidden].enumerated() {
          for (index, value) in values.enumerated() { squares[layer][index] += value * value }
        }
      }
    }
    for (layer, (weight, inputs)) in [(0, 6), (2, 14)].enumerated() {
      for (index, value) in tensors[weight].enumerated() {
        let expected = abs(value) * squares[layer][index % inputs].squareRoot()
        #expect(abs(found[layer][index] - expected) <= 1e-9 * max(1, expected))
      }
    }
  }

  @Test("of convolutions in groups, with stride and padding, the norms are of what each tap meets")
  func convolution() throws {
    let layers = [
      LayerPlan.convolution(name: "c", outputs: 2, kernel: 3, stride: 2, padding: 1, groups: 2),
      LayerPlan.flatten, LayerPlan.linear(name: "f", outputs: nil),
    ]
    let input = ExampleShape(channels: 2, height: 5, width: 4)
    let network = Network(.custom(layers), input: input, classes: 3)
    let weights = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      path: StreamPath(seed: 2))
    var stream = RandomStream(StreamPath(seed: 3))
    let x = (0..<2 * input.count).map { _ in Float(stream.uniform() - 0.5) }
    let batch = Batch(
      inputs: try Tensor(x, shape: [2, 2, 5, 4]), labels: try Tensor([Int64(0), 1], shape: [2]))
    let found = try scores(of: network, weights, [batch])[0]
    let values = try weights.tensors[0].elements(of: Float.self)
    for channel in 0..<2 {
      for (row, column) in (0..<3).flatMap({ row in (0..<3).map { (row, $0) } }) {
        var square = 0.0
        for (example, y, z) in (0..<2).flatMap({ e in
          (0..<3).flatMap { y in (0..<2).map { (e, y, $0) } }
        }) {
          let (h, w) = (2 * y + row - 1, 2 * z + column - 1)
          guard (0..<5).contains(h), (0..<4).contains(w) else { continue }
          let value = Double(x[((example * 2 + channel) * 5 + h) * 4 + w])
          square += value * value
        }
        let index = (channel * 3 + row) * 3 + column
        let expected = Double(abs(values[index])) * square.squareRoot()
        #expect(abs(found[index] - expected) <= 1e-9)
      }
    }
  }
}
