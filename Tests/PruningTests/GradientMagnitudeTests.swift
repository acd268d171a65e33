import Pruning
import Recipes
import Testing

@Suite struct GradientMagnitudeTests {
  @Test func scoresAreThoseOfHandWrittenGradients() throws {
    let reference = try Reference.load()
    let found = try reference.scoring().scores(by: .init(.gradientMagnitude)).values
    #expect(worstError(found, reference.scores.gradientMagnitude) < 1e-13)
    #expect(worstError(found, reference.scores.taylorFO) > 0.1)
  }

  @Test(arguments: [40, 16]) func scoresAreSNIPsOfSummedGradients(batchSize: Int) throws {
    let setting = try Setting()
    let scoring = try setting.scoring(batches: setting.batches(40, batchSize: batchSize))
    let (found, snip) = (
      try scoring.scores(by: .init(.gradientMagnitude)).values,
      try scoring.scores(by: .init(.snip)).values
    )
    #expect(worstError(found, snip) < 1e-6)
    #expect(try scoring.scores(by: .init(.gradient)).values != found)
  }
}
