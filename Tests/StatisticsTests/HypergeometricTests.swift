import Foundation
import Statistics
import Testing

@Suite struct HypergeometricTests {
  @Test(arguments: try NonparametricReference.load().overlaps)
  func agreesWithExactIntegersAndSciPy(row: NonparametricReference.Overlap) throws {
    let law = try Hypergeometric(
      population: row.population, marked: row.first, drawn: row.second)
    #expect(agree(law.mean, row.mean) && agree(law.variance, row.variance))
    #expect(abs(law.logProbability(row.overlap) - row.logProbability) < 1e-11)
    #expect(abs(law.logTwoSidedPValue(row.overlap) - row.logPValue) < 1e-10)
    #expect(try law.centralRange(level: 0.95) == row.lower...row.upper)
  }

  /// Up to two thousand million members and probabilities of e to the minus fifty million, in a relative
  /// precision of logarithms of 10⁻¹³.
  @Test(arguments: try NonparametricReference.load().tails)
  func agreesWithFiftyDigitsInLargePopulations(row: NonparametricReference.Tail) throws {
    let law = try Hypergeometric(
      population: row.population, marked: row.first, drawn: row.second)
    func near(_ ours: Double, _ theirs: Double) -> Bool {
      abs(ours - theirs) < 1e-10 + 1e-13 * abs(theirs)
    }
    #expect(near(law.logProbability(row.overlap), row.logProbability))
    #expect(near(law.logUpperTail(row.overlap), row.logUpperTail))
    // Marked and drawn can be exchanged, and what is not drawn mirrors what is.
    let mirrored = try Hypergeometric(
      population: row.population, marked: row.second, drawn: row.population - row.first)
    #expect(near(mirrored.logLowerTail(row.second - row.overlap), row.logUpperTail))
  }

  @Test func sumsToOne() throws {
    for (population, marked, drawn) in [(30, 12, 9), (30, 25, 20), (7, 7, 3), (4, 0, 2)] {
      let law = try Hypergeometric(population: population, marked: marked, drawn: drawn)
      let sum = law.support.reduce(0) { $0 + exp(law.logProbability($1)) }
      #expect(agree(sum, 1, tolerance: 1e-13))
      for count in law.support {
        let tails = exp(law.logLowerTail(count)) + exp(law.logUpperTail(count + 1))
        #expect(agree(tails, 1, tolerance: 1e-13))
      }
      #expect(law.support.allSatisfy { law.logProbability($0) <= law.logProbability(law.mode) })
    }
  }

  /// The range holds at least its level and none that is shorter at one end does.
  @Test func centralRangesLeaveTheirTails() throws {
    let law = try Hypergeometric(population: 400, marked: 90, drawn: 60)
    for level in [0.5, 0.9, 0.95, 0.999] {
      let range = try law.centralRange(level: level)
      let tail = (1 - level) / 2
      #expect(exp(law.logLowerTail(range.lowerBound - 1)) <= tail)
      #expect(exp(law.logLowerTail(range.lowerBound)) > tail)
      #expect(exp(law.logUpperTail(range.upperBound + 1)) <= tail)
      #expect(exp(law.logUpperTail(range.upperBound)) > tail)
    }
  }

  @Test func outsideTheSupportNothingComes() throws {
    let law = try Hypergeometric(population: 10, marked: 7, drawn: 6)
    #expect(law.support == 3...6)
    #expect(law.logProbability(2) == -.infinity && law.logProbability(7) == -.infinity)
    #expect(law.logLowerTail(2) == -.infinity && law.logUpperTail(7) == -.infinity)
    #expect(law.logLowerTail(6) == 0 && law.logUpperTail(3) == 0)
  }

  @Test func refusesImpossibleCounts() throws {
    for (population, marked, drawn) in [(0, 0, 0), (5, 6, 1), (5, 1, 6), (5, -1, 2), (5, 2, -1)] {
      #expect(throws: StatisticsError.self) {
        try Hypergeometric(population: population, marked: marked, drawn: drawn)
      }
    }
    #expect(throws: StatisticsError.self) {
      try Hypergeometric(
        population: Hypergeometric.largestPopulation + 1, marked: 1, drawn: 1)
    }
    let law = try Hypergeometric(population: 5, marked: 2, drawn: 2)
    #expect(throws: StatisticsError.self) { try law.centralRange(level: 1) }
  }
}
