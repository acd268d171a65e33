import Connectivity
import Networks
import Tensors
import Testing

@testable import Recipes

@Suite struct WeightsArithmeticTests {
  private func weights(_ parameters: [Float], mean: [Float]) throws -> Weights {
    Weights(
      specifications: [
        TensorSpecification(name: "w", shape: [parameters.count], role: .scale),
        TensorSpecification(name: "m", shape: [mean.count], role: .runningMean),
      ],
      tensors: [
        try Tensor(parameters, shape: [parameters.count]), try Tensor(mean, shape: [mean.count]),
      ])
  }

  private func values(_ weights: Weights) throws -> [[Float]] {
    try weights.tensors.map { try $0.elements(of: Float.self) }
  }

  @Test func combinationsTakeParametersAndBuffersAlike() throws {
    let a = try weights([1, -2, 0], mean: [4])
    let b = try weights([3, 6, 0], mean: [8])
    let found = try values(.combination([(0.75, a), (0.25, b)]))
    #expect(found == [[1.5, 0, 0], [5]])
  }

  @Test func anEndKeepsItsBits() throws {
    let a = try weights([0.1, -0.0], mean: [.leastNonzeroMagnitude])
    let b = try weights([.infinity, 1], mean: [1])
    let found = try values(.combination([(1, a), (0, b)]))
    #expect(
      found.flatMap { $0.map(\.bitPattern) } == (try values(a)).flatMap { $0.map(\.bitPattern) })
  }

  @Test func distancesAndProductsLeaveBuffersOut() throws {
    let a = try weights([1, 2], mean: [100])
    let b = try weights([4, 6], mean: [-100])
    #expect(try a.distance(to: b) == 5)
    #expect(try a.dot(b) == 16)
  }
}
