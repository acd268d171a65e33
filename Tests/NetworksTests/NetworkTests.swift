import Foundation
import Networks
import Recipes
import Tensors
import Testing

@Suite struct NetworkTests {
  /// Against PyTorch 2.13.0: `Resources/forward.safetensors`.
  @Test(arguments: [[12, 8], [5]], NormalizationMode.allCases)
  func logitsAreThoseOfPyTorch(hidden: [Int], mode: NormalizationMode) throws {
    let name = "lenet-" + hidden.map(String.init).joined(separator: "-")
    let url = try #require(Bundle.module.url(forResource: "forward", withExtension: "safetensors"))
    let expected = try Safetensors(readingFrom: url)
    #expect(expected.metadata["versions"]?.hasPrefix("torch 2.13.0+cpu, ") == true)
    let network = Network(
      .lenet(hidden: hidden),
      input: ExampleShape(channels: 1, height: 2, width: 3), classes: 4)
    let parameters = try network.tensors.map { try expected.tensor("\(name)/\($0.name)") }
    let logits = try network.logits(parameters, expected.tensor("\(name)/inputs"), mode: mode)
    #expect(logits.shape == [9, 4])
    let wanted = try expected.tensor("\(name)/logits").elements(of: Float.self)
    let found = try logits.elements(of: Float.self)
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 2e-6 })
  }

  @Test func rectifiedUnitsByHand() throws {
    // Hidden units: max(0, x₁ − x₂ + 1) and max(0, −x₁); output: their difference plus 0.5.
    let network = network("lenet-2", width: 2, classes: 1)
    let parameters = [
      try Tensor([1.0, -1, -1, 0], shape: [2, 2]), try Tensor([1.0, 0], shape: [2]),
      try Tensor([1.0, -1], shape: [1, 2]), try Tensor([0.5], shape: [1]),
    ]
    let inputs = try Tensor([2.0, 1, -3, 1, -3, -4], shape: [3, 1, 1, 2])
    let logits = try network.logits(parameters, inputs, mode: .eval)
    #expect(try logits.elements() == [2.5, -2.5, -0.5])
  }

  @Test func tensorsAreOpenLTHs() {
    let network = network("lenet-300-100", width: 784, classes: 10)
    #expect(
      network.tensors.map(\.name) == [
        "fc_layers.0.weight", "fc_layers.0.bias", "fc_layers.1.weight", "fc_layers.1.bias",
        "fc.weight", "fc.bias",
      ])
    #expect(network.prunable.map(\.shape) == [[300, 784], [100, 300], [10, 100]])
    #expect(network.prunableIndices == [0, 2, 4])
  }

  @Test func aProblemFixesItsNetwork() throws {
    let source = DatasetSource(.digits)
    let problem = Problem(
      network: NetworkSpecification("lenet-7")!,
      dataset: DatasetSpecification(
        source: source, digests: [], validation: 0, split: .init(seed: 1),
        normalization: source.defaultNormalization))
    let network = Network(problem)
    #expect(network.tensors == problem.tensors)
    #expect(network.prunable.map(\.shape) == [[7, 64], [10, 7]])
  }

  @Test func inputsOfAnotherSizeAreAnError() throws {
    let network = network("lenet-7")
    let parameters = try weights(of: network).tensors
    #expect(throws: TensorError.self) {
      try network.logits(parameters, try Tensor(repeating: 0, shape: [1, 1, 1, 5]), mode: .eval)
    }
  }

  @Test func theWrongNumberOfTensorsTraps() async {
    await #expect(processExitsWith: .failure) {
      let inputs = try Tensor(repeating: 0, shape: [1, 1, 1, 6])
      _ = try network("lenet-7").logits([], inputs, mode: .eval)
    }
  }
}
