import Networks
import Recipes
import Tensors
import Testing

@testable import Training

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

  /// What devices without programs compute by: loss, gradients and moved statistics agree.
  @Test(arguments: [Precision.float32, .bfloat16])
  func theGraphAgreesWithTheProgram(_ precision: Precision) throws {
    let network = PrecisionTests.digitsNetwork
    let dataset = try PrecisionTests.digits()
    let batch = try dataset.batch(
      dataset.trainingIndices[..<64], of: .train, type: precision.elementType)
    let weights = try PrecisionTests.weights(of: network)
    func copy() throws -> Weights {
      Weights(specifications: network.tensors, tensors: try weights.tensors.map { try $0.copy() })
    }
    let (one, other) = (try copy(), try copy())
    let program = try LossGradients(network, batchSize: 64, precision: precision)
      .compute(one, inputs: batch.inputs, labels: batch.labels)
    let graph = try LossGradients(byGraphOf: network)
      .compute(other, inputs: batch.inputs, labels: batch.labels)
    let tolerance: Float = precision == .float32 ? 1e-4 : 0.05
    #expect(abs(program.loss - graph.loss) < tolerance)
    #expect(program.gradients.count == graph.gradients.count)
    func relativeError(_ a: Tensor, _ b: Tensor) throws -> Float {
      let (a, b) = (try a.elements(of: Float.self), try b.elements(of: Float.self))
      let difference = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return (difference / max(b.reduce(0) { $0 + $1 * $1 }, 1e-12)).squareRoot()
    }
    for (a, b) in zip(program.gradients, graph.gradients) {
      #expect(try relativeError(a, b) < tolerance)
    }
    for index in network.tensors.indices where !network.tensors[index].isParameter {
      #expect(try relativeError(one.tensors[index], other.tensors[index]) < tolerance)
      #expect(try relativeError(one.tensors[index], weights.tensors[index]) > 1e-4)
    }
  }
}
