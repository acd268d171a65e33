import Randomness
import Statistics
import Testing

@Suite struct MaskOverlapTestTests {
  private typealias Layer = MaskOverlapTest.Layer

  @Test func countsAreThoseOfTheHypergeometricLaw() throws {
    // scipy.stats.hypergeom(200, 60, 50): mean 15, variance 7.914572864321608.
    let test = try MaskOverlapTest([Layer(size: 200, first: 60, second: 50, both: 22)])
    #expect(agree(test.expected, 15))
    #expect(agree(test.standardDeviation * test.standardDeviation, 7.914572864321608))
    #expect(agree(test.jaccard ?? 0, 22.0 / 88))
    #expect(agree(test.expectedJaccard ?? 0, 15.0 / 95))
    #expect(agree(test.zScore, 7 / 7.914572864321608.squareRoot()))
    // scipy.stats.norm.sf(7 / sqrt(7.914572864321608)) * 2
    #expect(agree(test.pValue, 0.012839354850307152))
    let two = try MaskOverlapTest([
      Layer(size: 200, first: 60, second: 50, both: 22),
      Layer(size: 200, first: 60, second: 50, both: 8),
    ])
    #expect(agree(two.expected, 30) && two.both == 30 && agree(two.pValue, 1))
  }

  @Test func whatCannotDifferHasNoP() throws {
    let full = try MaskOverlapTest([Layer(size: 9, first: 9, second: 4, both: 4)])
    #expect(full.pValue == 1 && full.zScore == 0 && full.isApproximate)
    let empty = try MaskOverlapTest([Layer(size: 9, first: 0, second: 0, both: 0)])
    #expect(empty.jaccard == nil && empty.expectedJaccard == nil && empty.pValue == 1)
    #expect(try MaskOverlapTest([]).pValue == 1)
    let one = try MaskOverlapTest([Layer(size: 1, first: 1, second: 1, both: 1)])
    #expect(one.expected == 1 && one.jaccard == 1)
  }

  @Test(arguments: [
    Layer(size: 9, first: 10, second: 1, both: 1), Layer(size: 9, first: 5, second: 4, both: 5),
    Layer(size: 9, first: 8, second: 8, both: 6), Layer(size: 9, first: 3, second: -1, both: 0),
  ])
  func impossibleCountsAreRefused(layer: MaskOverlapTest.Layer) {
    #expect(throws: StatisticsError.self) { try MaskOverlapTest([layer]) }
  }

  @Test func equalMasksAreFoundWhateverTheLayers() throws {
    let test = try MaskOverlapTest([
      Layer(size: 1000, first: 100, second: 100, both: 99),
      Layer(size: 10, first: 10, second: 10, both: 10),
    ])
    #expect(test.pValue < 1e-100 && test.zScore > 20)
  }

  /// How often random masks of two layers are called something else at 5 %.
  private static func errors(trials: Int) throws -> Int {
    var stream = RandomStream(StreamPath(seed: 51) / "overlap")
    return try (0..<trials).count { _ in
      let layers = [(size: 400, first: 120, second: 90), (size: 60, first: 30, second: 45)].map {
        let first = Set(stream.choose($0.first, from: $0.size))
        let both = stream.choose($0.second, from: $0.size).count(where: first.contains)
        return Layer(size: $0.size, first: $0.first, second: $0.second, both: both)
      }
      return try MaskOverlapTest(layers).pValue <= 0.05
    }
  }

  @Test func randomMasksAreSeldomCalledOther() throws {
    // A step of one weight is a fifth of a standard deviation here: the true size is 4 to 6.5 %.
    let errors = try Self.errors(trials: 2000)
    #expect(errors > 60 && errors < 150)
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func size() throws {
    let trials = try #require(Simulation.trials)
    let errors = try Self.errors(trials: trials)
    #expect(Simulation.isPlausible(errors, of: trials, atMost: 0.06))
    Simulation.printTable(
      "Random masks that are called other than random at 5 %", columns: ["trials", "called"],
      rows: [["\(trials)", Simulation.percent(errors, of: trials)]])
  }
}
