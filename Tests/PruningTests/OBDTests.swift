import Pruning
import Recipes
import Tensors
import Testing

@Suite struct OBDTests {
  @Test func exactScoresAreThoseOfTheComplexStepHessian() throws {
    let reference = try Reference.load()
    let found = try reference.scoring().scores(by: .init(.obd, ["exact": true])).values
    #expect(worstError(found, reference.scores.obd) < 1e-12)
  }

  @Test func scoresAreHalfTheDiagonalTimesSquaredWeights() throws {
    let setting = try Setting()
    let scoring = try setting.scoring()
    let method = HessianDiagonal.hutchinson(probes: 7, exactUpTo: 0)
    let diagonal = try scoring.diagonal(method)
    let found = try scoring.scores(by: .init(.obd, ["probes": 7])).values
    for (layer, index) in setting.network.prunableIndices.enumerated() {
      let weights = try setting.weights.tensors[index].elements(of: Float.self)
      let expected = zip(weights, diagonal[layer]).map { 0.5 * Double($0) * Double($0) * $1 }
      #expect(relativeError(found[layer], expected) < 1e-6)
    }
    #expect(found.joined().contains { $0 < 0 }, "estimates scatter about zero and keep their sign")
    #expect(
      try scoring.scores(by: .init(.obd, ["probes": 7, "absolute": true])).values
        == found.map { $0.map { abs($0) } })
  }
}
