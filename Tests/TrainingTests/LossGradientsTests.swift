import Networks
import Recipes
import Tensors
import Testing
import Training

@Suite struct LossGradientsTests {
  /// The same network as a pure function, differentiated by its graph.
  @Test func gradientsAreThoseOfTheNetwork() throws {
    let setting = try Setting()
    let weights = try setting.weights().masked(by: setting.mask)
    let indices = setting.dataset.trainingIndices
    let fused = try LossGradients(setting.network, batchSize: 32)
    for count in [32, 20] {
      let batch = try setting.dataset.batch(indices[..<count], of: .train)
      let variables = try weights.tensors.map { try $0.variable() }
      let loss = try setting.network.logits(variables, batch.inputs, mode: .train)
        .crossEntropy(batch.labels)
      let found = try fused.compute(weights, inputs: batch.inputs, labels: batch.labels)
      #expect(abs(Double(found.loss) - (try loss.item)) < 1e-5)
      for (gradient, expected) in zip(found.gradients, try loss.gradients(of: variables)) {
        #expect(gradient.shape == expected.shape)
        let (a, b) = (
          try gradient.elements(of: Float.self), try expected.elements(of: Float.self)
        )
        #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-5 })
      }
    }
  }
}
