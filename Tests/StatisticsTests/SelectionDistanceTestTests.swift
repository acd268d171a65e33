import Randomness
import Statistics
import Testing

@Suite struct SelectionDistanceTestTests {
  /// SciPy 1.17.1: `kolmogorov(sqrt(k * n / (n - k)) * d)`.
  @Test(
    arguments: [
      (0.02, 1000, 20_000, 0.7937366553566634), (0.05, 1000, 20_000, 0.010357847302435799),
      (0.0101, 30_000, 60_000, 9.654824499220406e-06), (0.3, 20, 40, 0.0014931716161319915),
      (0, 5, 10, 1),
    ] as [(Double, Int, Int, Double)])
  func agreesWithSciPy(distance: Double, selected: Int, population: Int, expected: Double) throws {
    let test = try #require(
      try SelectionDistanceTest(distance: distance, selected: selected, population: population))
    #expect(agree(test.pValue, expected))
  }

  /// Selected and other values by the two-sample test, whose D is n / (n − k) times as large.
  @Test func isTheTwoSampleTest() throws {
    var stream = RandomStream(StreamPath(seed: 3) / "selection")
    let all = (0..<9000).map { _ in stream.normal() }
    let (selected, others) = (Array(all.prefix(4000)), Array(all.dropFirst(4000)))
    let whole = try TwoSampleKolmogorovSmirnovTest(selected, all)
    let parts = try TwoSampleKolmogorovSmirnovTest(selected, others)
    #expect(!parts.isExact)
    let test = try #require(
      try SelectionDistanceTest(
        distance: whole.distance, selected: selected.count, population: all.count))
    #expect(agree(test.distance * 9000 / 5000, parts.distance, tolerance: 1e-12))
    #expect(agree(test.pValue, parts.pValue, tolerance: 1e-9))
  }

  /// The share of random selections of skewed values that are rejected at 5 %, and their mean D.
  @Test func erringOfRandomSelectionsIsAtMostAlpha() throws {
    var stream = RandomStream(StreamPath(seed: 4) / "selection")
    let all = (0..<400).map { _ in stream.uniform() * stream.uniform() }
    let trials = 600
    var (rejected, sum, expected) = (0, 0.0, 0.0)
    for _ in 0..<trials {
      let selected = stream.choose(120, from: all.count).map { all[$0] }
      let distance = try TwoSampleKolmogorovSmirnovTest(selected, all).distance
      let test = try #require(
        try SelectionDistanceTest(distance: distance, selected: 120, population: 400))
      rejected += test.pValue < 0.05 ? 1 : 0
      sum += distance
      expected = test.expectedDistance
    }
    #expect(Simulation.isPlausible(rejected, of: trials, atMost: 0.05) && rejected > 5)
    #expect(abs(sum / Double(trials) / expected - 1) < 0.08)
    // One that looks at the values is seen.
    let largest = Array(all.sorted().suffix(120))
    let distance = try TwoSampleKolmogorovSmirnovTest(largest, all).distance
    #expect(agree(distance, 0.7, tolerance: 0.02))
    let test = try #require(
      try SelectionDistanceTest(distance: distance, selected: 120, population: 400))
    #expect(test.pValue < 1e-30)
  }

  @Test func nothingToSelectHasNoTest() throws {
    #expect(try SelectionDistanceTest(distance: 0, selected: 0, population: 5) == nil)
    #expect(try SelectionDistanceTest(distance: 0, selected: 5, population: 5) == nil)
    #expect(throws: StatisticsError.self) {
      try SelectionDistanceTest(distance: 1.5, selected: 2, population: 5)
    }
    #expect(throws: StatisticsError.self) {
      try SelectionDistanceTest(distance: 0.5, selected: 6, population: 5)
    }
  }
}
