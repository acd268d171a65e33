import Randomness
import Statistics
import Testing

@Suite struct MaskOverlapTestTests {
  private static func layer(_ size: Int, _ first: Int, _ second: Int, _ both: Int) throws
    -> OverlapTest
  {
    try OverlapTest(population: size, first: first, second: second, overlap: both)
  }

  @Test func oneLayerIsTestedExactly() throws {
    // scipy.stats.hypergeom(200, 60, 50): mean 15, variance 7.914572864321608 (SciPy 1.17.1).
    let layer = try Self.layer(200, 60, 50, 22)
    let test = MaskOverlapTest([layer])
    #expect(agree(test.expected, 15))
    #expect(agree(test.standardDeviation * test.standardDeviation, 7.914572864321608))
    #expect(agree(test.jaccard ?? 0, 22.0 / 88))
    #expect(agree(test.expectedJaccard ?? 0, 15.0 / 95))
    #expect(agree(test.zScore, 7 / 7.914572864321608.squareRoot()))
    #expect(test.pValue == layer.pValue && !test.isApproximate)
  }

  @Test func layersAdd() throws {
    let opposite = MaskOverlapTest([
      try Self.layer(200, 60, 50, 22), try Self.layer(200, 60, 50, 8),
    ])
    #expect(agree(opposite.expected, 30) && opposite.both == 30 && agree(opposite.pValue, 1))
    // z = 14 / √15.829…; 2 · scipy.stats.norm.sf(z).
    let alike = MaskOverlapTest([
      try Self.layer(200, 60, 50, 22), try Self.layer(200, 60, 50, 22),
    ])
    #expect(agree(alike.zScore, 14 / (2 * 7.914572864321608).squareRoot()))
    #expect(agree(alike.pValue, 0.0004334409794873922))
  }

  @Test func whatCannotDifferHasNoP() throws {
    let full = try Self.layer(9, 9, 4, 4)
    #expect(MaskOverlapTest([full]).pValue == 1 && MaskOverlapTest([full]).zScore == 0)
    let both = MaskOverlapTest([full, full])
    #expect(both.pValue == 1 && both.isApproximate && both.zScore == 0)
    let empty = MaskOverlapTest([try Self.layer(9, 0, 0, 0)])
    #expect(empty.jaccard == nil && empty.expectedJaccard == nil && empty.pValue == 1)
    #expect(MaskOverlapTest([]).pValue == 1)
    let one = MaskOverlapTest([try Self.layer(1, 1, 1, 1)])
    #expect(one.expected == 1 && one.jaccard == 1)
  }

  @Test func equalMasksAreFoundWhateverTheLayers() throws {
    let test = MaskOverlapTest([
      try Self.layer(1000, 100, 100, 99), try Self.layer(10, 10, 10, 10),
    ])
    #expect(test.pValue < 1e-100 && test.zScore > 20)
  }

  /// How often random masks of two layers are called something else at 5 %.
  private static func errors(trials: Int) throws -> Int {
    var stream = RandomStream(StreamPath(seed: 51) / "overlap")
    return try (0..<trials).count { _ in
      let layers = try [(size: 400, first: 120, second: 90), (size: 60, first: 30, second: 45)].map
      {
        let first = Set(stream.choose($0.first, from: $0.size))
        let both = stream.choose($0.second, from: $0.size).count(where: first.contains)
        return try Self.layer($0.size, $0.first, $0.second, both)
      }
      return MaskOverlapTest(layers).pValue <= 0.05
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
