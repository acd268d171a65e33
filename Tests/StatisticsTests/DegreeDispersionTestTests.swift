import Randomness
import Statistics
import Testing

@Suite struct DegreeDispersionTestTests {
  /// The test of numbers of kept weights, unit by unit.
  private static func test(_ kept: [Int], slots: Int) throws -> DegreeDispersionTest? {
    let counts = Dictionary(kept.map { ($0, 1) }, uniquingKeysWith: +)
    return try DegreeDispersionTest(
      values: Array(counts.keys), units: Array(counts.values), slots: slots)
  }

  /// The same where there is something to test.
  private static func tested(_ kept: [Int], slots: Int) throws -> DegreeDispersionTest {
    let found = try test(kept, slots: slots)
    return try #require(found)
  }

  @Test func theStatisticIsTheIndexOfDispersion() throws {
    // Four units of 20 slots keep 4, 8, 12, 16: K = 40 of 80, mean 10, Σ(x − 10)² = 80,
    // X² = 80 / (10 · 40 / 79) = 15.8; scipy.stats.chi2.sf(15.8, 3) below (SciPy 1.15)
    let found = try Self.tested([4, 8, 12, 16], slots: 20)
    #expect(agree(found.dispersion, 15.8 / 3))
    #expect(agree(found.pValue, 2 * 0.0012462261766236704))
    #expect(!found.isApproximate)
    let few = try Self.tested([1, 2, 1, 2], slots: 20)
    #expect(few.isApproximate)
  }

  @Test func evennessIsFoundToo() throws {
    let even = try Self.tested(Array(repeating: 10, count: 40), slots: 20)
    #expect(even.dispersion == 0 && even.pValue == 0)
  }

  @Test func whatCannotBeUnevenIsNotTested() throws {
    #expect(try Self.test([5], slots: 20) == nil)
    #expect(try Self.test([20, 20], slots: 20) == nil)
    #expect(try Self.test([0, 0, 0], slots: 20) == nil)
    #expect(throws: StatisticsError.self) { try Self.test([21, 3], slots: 20) }
    #expect(throws: StatisticsError.self) {
      try DegreeDispersionTest(values: [1, 2], units: [1], slots: 20)
    }
  }

  /// Tests of random masks of 30 units with 40 slots: how many are significant at 5 %, and their mean dispersion.
  private static func random(trials: Int) throws -> (significant: Int, dispersion: Double) {
    var stream = RandomStream(StreamPath(seed: 52) / "dispersion")
    var (significant, sum) = (0, 0.0)
    for _ in 0..<trials {
      var kept = [Int](repeating: 0, count: 30)
      for place in stream.choose(480, from: 1200) { kept[place / 40] += 1 }
      let found = try tested(kept, slots: 40)
      significant += found.pValue <= 0.05 ? 1 : 0
      sum += found.dispersion
    }
    return (significant, sum / Double(trials))
  }

  @Test func randomMasksHaveDispersionOne() throws {
    let found = try Self.random(trials: 1000)
    #expect(abs(found.dispersion - 1) < 0.03)
    #expect(found.significant > 20 && found.significant < 85)
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func size() throws {
    let trials = try #require(Simulation.trials)
    let found = try Self.random(trials: trials)
    #expect(Simulation.isPlausible(found.significant, of: trials, atMost: 0.055))
    Simulation.printTable(
      "Random masks whose units are called uneven or even at 5 %",
      columns: ["trials", "called", "mean dispersion"],
      rows: [
        [
          "\(trials)", Simulation.percent(found.significant, of: trials),
          "\(found.dispersion)",
        ]
      ])
  }
}
