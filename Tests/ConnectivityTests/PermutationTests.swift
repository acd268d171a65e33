import Connectivity
import Networks
import Recipes
import Tensors
import Testing

@Suite struct PermutationTests {
  @Test("relabelled networks compute the same", arguments: relabelled)
  func functionStays(specification: NetworkSpecification) throws {
    let network = imageNetwork(specification)
    let symmetry = PermutationSymmetry(network.architecture)
    let weights = try network.livelyWeights(seed: 1)
    let moved = try weights.permuted(by: network.relabelling(seed: 2), symmetry)
    #expect(try moved.distance(to: weights) > 1)
    #expect(relativeDistance(try network.logits(moved), try network.logits(weights)) < 1e-5)
  }

  @Test("the comparison sees a relabelling of one side alone")
  func comparisonCanFail() throws {
    let network = imageNetwork(.resnet(depth: 8, width: 4))
    let symmetry = PermutationSymmetry(network.architecture)
    let weights = try network.livelyWeights(seed: 1)
    let moved = try weights.permuted(by: network.relabelling(seed: 2), symmetry)
    for index in weights.tensors.indices where !symmetry.axes[index].isEmpty {
      var tensors = moved.tensors
      tensors[index] = weights.tensors[index]
      let broken = Weights(specifications: weights.specifications, tensors: tensors)
      #expect(
        relativeDistance(try network.logits(broken), try network.logits(weights)) > 1e-4,
        "\(weights.specifications[index].name)")
    }
  }

  @Test("unit i comes from unit permutation[i]")
  func direction() throws {
    let network = Network(
      .lenet(hidden: [3]), input: ExampleShape(channels: 1, height: 1, width: 2), classes: 2)
    let symmetry = PermutationSymmetry(network.architecture)
    let weights = Weights(
      specifications: network.tensors,
      tensors: [
        try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2]),
        try Tensor([7, 8, 9] as [Float], shape: [3]),
        try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3]),
        try Tensor([0, 0] as [Float], shape: [2]),
      ])
    let moved = try weights.permuted(by: [[2, 0, 1]], symmetry)
    #expect(
      try moved.tensors.map { try $0.elements(of: Float.self) } == [
        [5, 6, 1, 2, 3, 4], [9, 7, 8], [3, 1, 2, 6, 4, 5], [0, 0],
      ])
  }

  @Test("a mask moves with its weights", arguments: relabelled)
  func masks(specification: NetworkSpecification) throws {
    let network = imageNetwork(specification)
    let symmetry = PermutationSymmetry(network.architecture)
    let order = network.relabelling(seed: 3)
    let weights = try network.livelyWeights(seed: 1)
    let mask = Mask(
      layers: network.prunable.map { tensor in
        Mask.Layer(
          name: tensor.name, shape: tensor.shape,
          kept: (0..<tensor.count).map { $0 * 7 % 3 == 0 ? 1 : 0 })
      })
    let moved = mask.permuted(by: order, symmetry, in: network)
    #expect(moved != mask && moved.keptCount == mask.keptCount)
    let one = try weights.masked(by: mask).permuted(by: order, symmetry)
    let other = try weights.permuted(by: order, symmetry).masked(by: moved)
    #expect(try one.distance(to: other) == 0)
  }
}
