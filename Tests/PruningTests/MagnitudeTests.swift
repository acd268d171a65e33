import Pruning
import Recipes
import Tensors
import Testing

@Suite struct MagnitudeTests {
  @Test func scoresAreAbsoluteWeights() throws {
    let setting = try Setting()
    let scores = try setting.scoring().scores(by: .init(.magnitude))
    for (layer, index) in zip(scores.layers, setting.network.prunableIndices) {
      #expect(
        try layer.scores.elements(of: Float.self)
          == setting.weights.tensors[index].elements(of: Float.self).map { abs($0) })
    }
  }
}
