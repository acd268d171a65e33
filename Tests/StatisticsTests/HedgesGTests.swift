import Randomness
import Testing

@testable import Statistics

@Suite struct HedgesGTests {
  @Test(arguments: try Reference.load().paired)
  func agreesWithItsDefinitionInSciPy(row: Reference.Paired) throws {
    let g = try hedgesG(treated: row.treated, control: row.control)
    #expect(agree(try #require(g), row.hedgesG))
  }

  /// Γ of halves has closed forms, and with it J.
  @Test func correctsAsTheGammaFunctionSays() throws {
    let closedForms = [
      (2, (1 / Double.pi).squareRoot()), (3, (Double.pi / 6).squareRoot()),
      (4, (2 / Double.pi).squareRoot()), (5, 0.75 * (Double.pi / 2.5).squareRoot()),
    ]
    for (freedom, expected) in closedForms {
      #expect(agree(try hedgesCorrection(degreesOfFreedom: freedom), expected))
    }
    #expect(agree(try hedgesCorrection(degreesOfFreedom: 100_000), 1, tolerance: 1e-5))
  }

  @Test func doesNotExistWithoutSpreadOrForTwoPairs() throws {
    #expect(try hedgesG(treated: [1, 1, 1], control: [2, 2, 2]) == nil)
    #expect(try hedgesG(treated: [1, 2], control: [2, 5]) == nil)
    #expect(throws: StatisticsError.armsDiffer(treated: 2, control: 3)) {
      try hedgesG(treated: [1, 2], control: [2, 5, 6])
    }
    #expect(throws: StatisticsError.self) { try hedgesG(treated: [1], control: [2]) }
  }

  /// For arms that move together the mean of the variances has n − 1 degrees of freedom exactly.
  @Test func isUnbiasedForFullyCorrelatedArms() throws {
    var stream = RandomStream(StreamPath(seed: 17) / "Hedges")
    let values = try (0..<4000).map { _ in
      let control = (0..<6).map { _ in stream.normal() }
      return try #require(try hedgesG(treated: control.map { $0 + 1 }, control: control))
    }
    let summary = try SampleSummary(values)
    #expect(abs(summary.mean - 1) < 4 * summary.standardError)
    let uncorrected = summary.mean / (try hedgesCorrection(degreesOfFreedom: 5))
    #expect(abs(uncorrected - 1) > 4 * summary.standardError)
  }
}
