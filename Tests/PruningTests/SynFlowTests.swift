import Foundation
import Networks
import Randomness
import Recipes
import Tensors
import Testing

@testable import Pruning

@Suite struct SynFlowTests {
  private func matrices(_ setting: Setting) throws -> [Tensor] {
    try setting.network.prunableIndices.map {
      try setting.weights.tensors[$0].converted(to: .float64).absolute()
    }
  }

  private func ones(_ shape: [Int]) throws -> Tensor {
    try Tensor(repeating: 1, shape: shape, type: .float64)
  }

  @Test func scoresAreWeightsTimesPathsThroughThem() throws {
    // Without biases R = 1ᵀ|W₃||W₂||W₁|1, and ∂R/∂|W₂| = (1ᵀ|W₃|)ᵀ (|W₁|1)ᵀ.
    let setting = try Setting(biases: .zero)
    let w = try matrices(setting)
    let scores = try setting.scoring(batches: []).scores(by: .init(.synflow))
    #expect(try scores.layers.allSatisfy { try $0.scores.type == .float64 })
    let into = try [
      ones([6, 1]), w[0].matmul(ones([6, 1])), w[1].matmul(w[0]).matmul(ones([6, 1])),
    ]
    let outOf = try [
      ones([1, 4]).matmul(w[2]).matmul(w[1]), ones([1, 4]).matmul(w[2]), ones([1, 4]),
    ]
    for layer in 0..<3 {
      let paths = try outOf[layer].transposed().matmul(into[layer].transposed())
      let expected = try (w[layer] * paths).elements(of: Double.self)
      #expect(relativeError(try scores.values[layer], expected) < 1e-13)
    }
  }

  @Test func everyLayerConservesTheFlow() throws {
    let values = try Setting(biases: .zero).scoring(batches: []).scores(by: .init(.synflow)).values
    let sums = values.map { $0.reduce(0, +) }
    #expect(abs(sums[0] / sums[1] - 1) < 1e-13 && abs(sums[1] / sums[2] - 1) < 1e-13)
  }

  @Test func biasesAreAbsoluteToo() throws {
    // R = Σ (scores of the last layer) + Σ|last bias|; signs of weights and biases do not matter.
    let setting = try Setting()
    let flipped = Weights(
      specifications: setting.weights.specifications,
      tensors: try setting.weights.tensors.map { try $0 * -1 })
    #expect(
      try setting.scoring(weights: flipped).scores(by: .init(.synflow)).values
        == setting.scoring().scores(by: .init(.synflow)).values)
    let without = try Setting(biases: .zero)
    #expect(
      try setting.scoring().scores(by: .init(.synflow)).values
        != without.scoring().scores(by: .init(.synflow)).values)
  }

  @Test("a network whose R is beyond float64 is refused, by lists and by autograd")
  func overflow() throws {
    // Each of 300 layers of 64 units multiplies by about 64·√(2/64)·√(2/π) = 9.03: R is near 10²⁸⁷; of 330
    // layers it would be 10³¹⁵.
    func scoring(_ layers: Int) throws -> Scoring {
      let network = Network(
        .lenet(hidden: Array(repeating: 64, count: layers)),
        input: ExampleShape(channels: 1, height: 8, width: 8), classes: 10)
      let weights = try Weights(
        initializing: network,
        with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
        path: StreamPath(seed: 1))
      return try Scoring(
        network: network, weights: weights, mask: Mask(keepingAllOf: network), batches: [],
        mode: .identity, path: StreamPath(seed: 1), folder: FileManager.default.temporaryDirectory)
    }
    let finite = try scoring(300)
    #expect(try finite.scores(by: .init(.synflow)).layers.allSatisfy { try $0.scores.isFinite() })
    let beyond = try scoring(330)
    #expect(throws: PruningError.flowOverflow) { try beyond.scores(by: .init(.synflow)) }
    let subject = try SynapticFlow(beyond.network, weights: beyond.weights)
    try subject.start(from: beyond.mask)
    #expect(throws: PruningError.flowOverflow) { try subject.scores(in: 1) }
    #expect(throws: PruningError.overflow(tensor: "fc.weight")) {
      try Scores.refuseInfinity(Tensor([1, Double.infinity], shape: [2]), name: "fc.weight")
    }
    #expect("\(PruningError.flowOverflow)".contains("R, the summed output"))
  }

  @Test func deepNetworksOverflowNoDoubleWhereTheyOverflowAFloat() throws {
    // Each of 60 layers of 100 units multiplies by 100·√(2/100) = 14.1: R is near 10⁷⁰.
    let network = Network(
      .lenet(hidden: [Int](repeating: 100, count: 60)),
      input: ExampleShape(channels: 1, height: 1, width: 6), classes: 4)
    let weights = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .signedConstant, biases: .zero),
      path: .init(seed: 1))
    let scoring = try Scoring(
      network: network, weights: weights, mask: Mask(keepingAllOf: network), batches: [],
      mode: .identity, path: .init(seed: 1), folder: FileManager.default.temporaryDirectory)
    let values = try scoring.scores(by: .init(.synflow)).values
    #expect(values.joined().allSatisfy { $0 > 1e39 && $0.isFinite })
  }
}
