import Randomness
import Recipes
import Tensors
import Testing

@testable import Networks

@Suite struct DropoutTests {
  private let network = Network(
    .custom([.flatten, .dropout(rate: 0.25), .dropout(rate: 0.5), .linear(name: "a", outputs: nil)]
    ),
    input: ExampleShape(channels: 1, height: 40, width: 50), classes: 2)

  private func draws(_ step: Int) throws -> DropoutDraws {
    try #require(
      DropoutDraws(ofStep: step, of: network, order: StreamPath(seed: 3) / "order"))
  }

  @Test func theShareOfZerosIsTheRateAndTheMeanStays() throws {
    let ones = try Tensor(repeating: 1, shape: [20, 2000])
    let factors = try draws(1).factors(like: ones, rate: 0.25).elements(of: Float.self)
    let zeros = factors.count { $0 == 0 }
    // 40,000 draws: five standard deviations are 433.
    #expect(abs(zeros - 10_000) < 433)
    #expect(factors.allSatisfy { $0 == 0 || $0 == Float(1 / 0.75) })
  }

  @Test func stepsAndLayersDrawApartAndTheSameStepTheSame() throws {
    let ones = try Tensor(repeating: 1, shape: [3, 100])
    func two(_ step: Int) throws -> [[Float]] {
      let draws = try draws(step)
      return try (0..<2).map { _ in try draws.factors(like: ones, rate: 0.5).elements() }
    }
    #expect(try two(1) == two(1))
    #expect(try two(1)[0] != two(2)[0])
    #expect(try two(1)[0] != two(1)[1])
  }

  @Test func itActsInTrainingAlone() throws {
    let weights = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      path: StreamPath(seed: 1) / "initialization")
    let inputs = try Tensor(repeating: 1, shape: [4, 1, 40, 50])
    func logits(_ dropout: DropoutDraws?) throws -> [Float] {
      try network.trainingLogits(weights.tensors, inputs, dropout: dropout).elements()
    }
    let undropped = try logits(nil)
    for mode in NormalizationMode.allCases {
      #expect(try network.logits(weights.tensors, inputs, mode: mode).elements() == undropped)
    }
    #expect(try logits(draws(1)) == logits(draws(1)))
    #expect(try logits(draws(1)) != undropped)
    #expect(try logits(draws(1)) != logits(draws(2)))
    // A network that has none draws none, also within branches.
    let plain = Network(
      .custom([.flatten, .linear(name: "a", outputs: nil)]), input: network.input, classes: 2)
    #expect(DropoutDraws(ofStep: 1, of: plain, order: StreamPath(seed: 3)) == nil)
    let nested = Network(
      .custom([
        .flatten, .residual(body: [.dropout(rate: 0.5)], shortcut: []),
        .linear(name: "a", outputs: nil),
      ]), input: network.input, classes: 2)
    #expect(DropoutDraws(ofStep: 1, of: nested, order: StreamPath(seed: 3)) != nil)
    // Equal examples are dropped from apart.
    let dropped = try logits(draws(1))
    #expect(dropped[0] != dropped[2])
  }
}
