import Foundation
import Randomness
import Recipes
import Testing

@Suite("NetworkSpecification")
struct NetworkSpecificationTests {
  private let mnist = ExampleShape(channels: 1, height: 28, width: 28)

  @Test("lenet-300-100 on MNIST has OpenLTH's tensors: 266,610 parameters, 266,200 of them weights")
  func lenet() {
    let tensors = NetworkSpecification.lenet(hidden: [300, 100]).tensors(input: mnist, classes: 10)
    #expect(
      tensors.map(\.name) == [
        "fc_layers.0.weight", "fc_layers.0.bias", "fc_layers.1.weight", "fc_layers.1.bias",
        "fc.weight", "fc.bias",
      ])
    #expect(tensors.map(\.shape) == [[300, 784], [300], [100, 300], [100], [10, 100], [10]])
    #expect(tensors.map(\.isPrunable) == [true, false, true, false, true, false])
    #expect(tensors.reduce(0) { $0 + $1.count } == 266_610)
    #expect(tensors.filter(\.isPrunable).reduce(0) { $0 + $1.count } == 266_200)
    #expect(tensors[2].role == .weight(fanIn: 300, fanOut: 100))
    #expect(tensors[5].role == .bias(fanIn: 100))
  }

  @Test("a step takes 6·W − 2·W₁ operations per example")
  func operations() {
    let network = NetworkSpecification.lenet(hidden: [300, 100])
    #expect(
      network.fitting(input: mnist, classes: 10).trainingOperations
        == 6 * 266_200 - 2 * 784 * 300)
  }

  @Test("reads and prints names", arguments: ["lenet-300-100", "lenet-5", "lenet-16-16-16"])
  func names(_ name: String) throws {
    let network = try #require(NetworkSpecification(name))
    #expect(network.description == name)
    let decoded = try JSONDecoder().decode(
      [NetworkSpecification].self, from: CanonicalJSON.encode([network]))
    #expect(decoded == [network])
  }

  @Test(
    "refuses other names",
    arguments: ["", "lenet", "lenet-", "lenet-0", "lenet--1", "lenet-300-", "lenet-a", "vgg-15"])
  func refuses(_ name: String) { #expect(NetworkSpecification(name) == nil) }

  @Test("prunable weights that are not excluded")
  func prunableCount() {
    let problem = Problem(
      network: .lenet(hidden: [300, 100]),
      dataset: DatasetSpecification(
        source: .init(.mnist), digests: [], validation: 5000, split: StreamPath(seed: 1) / "split",
        normalization: DatasetSource(.mnist).defaultNormalization))
    #expect(problem.prunableCount(excluding: []) == 266_200)
    #expect(problem.prunableCount(excluding: ["fc.weight"]) == 265_200)
    #expect(problem.prunableCount(excluding: ["fc.bias"]) == 266_200)
  }
}
