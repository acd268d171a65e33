import Pruning
import Recipes
import Testing

@Suite struct TaylorFOTests {
  @Test func scoresAreThoseOfHandWrittenGradients() throws {
    let reference = try Reference.load()
    let found = try reference.scoring().scores(by: .init(.taylorFO)).values
    #expect(worstError(found, reference.scores.taylorFO) < 1e-13)
  }

  @Test func squaresAreTakenPerBatchAndThenAveraged() throws {
    let setting = try Setting()
    let batches = try setting.batches(40, batchSize: 16)
    let parts = try batches.map {
      try setting.scoring(batches: [$0]).scores(by: .init(.gradientMagnitude)).values
    }
    let found = try setting.scoring(batches: batches).scores(by: .init(.taylorFO)).values
    for layer in found.indices {
      let expected = found[layer].indices.map { index in
        zip(parts, [0.4, 0.4, 0.2]).reduce(0) {
          $0 + $1.1 * $1.0[layer][index] * $1.0[layer][index]
        }
      }
      #expect(relativeError(found[layer], expected) < 1e-6)
    }
    let whole = try setting.scoring().scores(by: .init(.taylorFO)).values
    #expect(worstError(whole, found) > 1e-3, "averaging squares is not squaring averages")
  }
}
