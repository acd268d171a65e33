import Connectivity
import Networks
import Randomness
import Recipes
import Tensors
import Testing

@Suite struct WeightMatchingTests {
  private static let stream = StreamPath(seed: 5) / "matching"

  @Test("a relabelled network is recovered exactly", arguments: relabelled)
  func recovers(specification: NetworkSpecification) throws {
    let network = imageNetwork(specification)
    let symmetry = PermutationSymmetry(network.architecture)
    let weights = try network.livelyWeights(seed: 1)
    let order = network.relabelling(seed: 2)
    let matching = try WeightMatching(
      network, of: try weights.permuted(by: order, symmetry), to: weights, attempts: 5,
      stream: Self.stream)
    for (group, permutation) in matching.permutations.enumerated() {
      #expect(
        permutation.map { order[group][$0] } == Array(permutation.indices),
        "\(symmetry.groups[group].name)")
    }
    #expect(try matching.aligned.distance(to: weights) == 0)
    for (index, tensor) in matching.aligned.tensors.enumerated() {
      #expect(
        try tensor.elements(of: Float.self) == weights.tensors[index].elements(of: Float.self),
        "\(network.tensors[index].name)")
    }
  }

  @Test("the objective never falls, the distance does", arguments: relabelled)
  func ascends(specification: NetworkSpecification) throws {
    let network = imageNetwork(specification)
    let (a, b) = (try network.livelyWeights(seed: 1), try network.livelyWeights(seed: 2))
    let matching = try WeightMatching(network, of: b, to: a, stream: Self.stream)
    let objectives = matching.objectives
    let (given, found) = (try a.dot(b), try a.dot(matching.aligned))
    #expect(objectives.count > 2 && objectives[0] == given)
    #expect(zip(objectives, objectives.dropFirst()).allSatisfy { $0 < $1 })
    #expect(objectives.last == found)
    #expect(try matching.aligned.distance(to: a) < b.distance(to: a))
    let same = try b.permuted(by: matching.permutations, matching.symmetry)
    #expect(try same.distance(to: matching.aligned) == 0)
    #expect(relativeDistance(try network.logits(same), try network.logits(b)) < 1e-5)
    #expect(
      zip(matching.moved, matching.symmetry.groups).allSatisfy { (0...$1.size).contains($0) })
  }

  @Test("no group can be assigned better than it is at the end")
  func isLocallyBest() throws {
    let network = imageNetwork(.lenet(hidden: [6, 5]))
    let (a, b) = (try network.weights(seed: 1), try network.weights(seed: 2))
    let matching = try WeightMatching(network, of: b, to: a, stream: Self.stream)
    for (group, size) in [(0, 6), (1, 5)] {
      for one in 0..<size {
        for other in 0..<one {
          var swap = matching.symmetry.identity
          swap[group].swapAt(one, other)
          let worse = try matching.aligned.permuted(by: swap, matching.symmetry)
          #expect(try a.dot(worse) <= matching.objectives.last!)
        }
      }
    }
  }

  @Test("more attempts end no lower, and the same stream ends the same")
  func attempts() throws {
    let network = imageNetwork(.lenet(hidden: [20, 20, 20]))
    let (a, b) = (try network.weights(seed: 1), try network.weights(seed: 2))
    func matched(_ attempts: Int) throws -> WeightMatching {
      try WeightMatching(network, of: b, to: a, attempts: attempts, stream: Self.stream)
    }
    let (one, many, again) = (try matched(1), try matched(8), try matched(8))
    #expect(many.objectives.last! >= one.objectives.last!)
    #expect(many.objectives[0] == one.objectives[0])
    #expect(many.permutations == again.permutations && many.objectives == again.objectives)
  }

  @Test("a network is its own best match")
  func identity() throws {
    let network = imageNetwork(.resnet(depth: 8, width: 4))
    let weights = try network.livelyWeights(seed: 1)
    let matching = try WeightMatching(network, of: weights, to: weights, stream: Self.stream)
    #expect(matching.permutations == matching.symmetry.identity)
    #expect(matching.moved.allSatisfy { $0 == 0 } && matching.objectives.count == 1)
  }
}
