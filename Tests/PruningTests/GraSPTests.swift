import Datasets
import Pruning
import Recipes
import Tensors
import Testing

@Suite struct GraSPTests {
  private let setting: Setting

  init() throws { setting = try Setting() }

  private func scores(_ temperature: Double, absolute: Bool = false, batchSize: Int = 40) throws
    -> [[Double]]
  {
    try setting.scoring(batches: setting.batches(40, batchSize: batchSize))
      .scores(
        by: .init(.grasp, ["temperature": .number(temperature), "absolute": .flag(absolute)])
      ).values
  }

  /// Gradients over the prunable weights in float64, these moved by `distance` along `direction`.
  private func gradients(
    on batch: Batch, temperature: Double, distance: Double, along direction: [Tensor]
  )
    throws -> [Tensor]
  {
    let network = setting.network
    var parameters = try setting.weights.tensors.map { try $0.converted(to: .float64) }
    for (index, step) in zip(network.prunableIndices, direction) {
      parameters[index] = try parameters[index] + step * distance
    }
    let variables = try parameters.map { try $0.variable() }
    let inputs = try batch.inputs.converted(to: .float64)
    let logits = try network.logits(variables, inputs, mode: .eval) * (1 / temperature)
    return try logits.crossEntropy(batch.labels)
      .gradients(of: network.prunableIndices.map { variables[$0] })
  }

  @Test(arguments: [1.0, 200])
  func scoresAreWeightsTimesHessianTimesGradient(temperature: Double) throws {
    let batch = try setting.batches()[0]
    let none = try setting.network.prunable.map {
      try Tensor(repeating: 0, shape: $0.shape, type: .float64)
    }
    let g = try gradients(on: batch, temperature: temperature, distance: 0, along: none)
    // H g by central differences of the gradient along g.
    let distance = 1e-4 * temperature
    let sides = try [distance, -distance].map {
      try gradients(on: batch, temperature: temperature, distance: $0, along: g)
    }
    let found = try scores(temperature)
    for (layer, index) in setting.network.prunableIndices.enumerated() {
      let product = try (sides[0][layer] - sides[1][layer]) * (0.5 / distance)
      let weight = try setting.weights.tensors[index].converted(to: .float64)
      let expected = try (weight * product).elements(of: Double.self)
      #expect(relativeError(found[layer], expected) < 1e-3, "layer \(layer)")
      #expect(expected.contains { $0 < 0 } && expected.contains { $0 > 0 })
    }
  }

  @Test func absoluteScoresAreTheAbsoluteValues() throws {
    #expect(
      try scores(200, absolute: true, batchSize: 16)
        == scores(200, batchSize: 16).map { $0.map { abs($0) } })
  }

  @Test func batchesTogetherAreTheWholeSet() throws {
    let parts = try setting.batches(40, batchSize: 16).map {
      try setting.scoring(batches: [$0]).scores(by: .init(.grasp, ["temperature": 2])).values
    }
    let (whole, found) = (try scores(2), try scores(2, batchSize: 16))
    for layer in found.indices {
      #expect(relativeError(found[layer], whole[layer]) < 1e-5)
      // Products of every batch's own gradient average to something else.
      let apart = found[layer].indices.map { index in
        zip(parts, [0.4, 0.4, 0.2]).reduce(0) { $0 + $1.1 * $1.0[layer][index] }
      }
      #expect(relativeError(found[layer], apart) > 1e-3)
    }
  }
}
