import Foundation
import Randomness
import Statistics
import Testing

@Suite struct PooledSkewnessTests {
  @Test func poolsByHand() throws {
    let one = try #require(try Skewness(of: [0, 0, 0, 0, 1]))
    let mirrored = try #require(try Skewness(of: [0, 0, 0, 0, -1]))
    let z = one.value / one.standardError
    #expect(PooledSkewness([one])?.zScore == z)
    let four = try #require(PooledSkewness([one, one, one, one]))
    #expect(four.cellCount == 4 && agree(four.zScore, 2 * z) && four.isLarge)
    #expect(PooledSkewness([one, mirrored])?.zScore == 0)
    #expect(PooledSkewness([]) == nil)
  }

  /// How many of `suites` suites of fifteen comparisons at six densities lean; three ablations share a method's
  /// unablated runs.
  private func leaning(
    _ suites: Int, replicates: Int, controlShare: Double, _ stream: inout RandomStream,
    treated: (inout RandomStream) -> Double
  ) throws -> Int {
    try (0..<suites).count { _ in
      var cells: [Skewness] = []
      for _ in 0..<30 {
        let control = (0..<replicates).map { _ in controlShare.squareRoot() * stream.normal() }
        for _ in 0..<3 {
          let differences = control.map {
            (1 - controlShare).squareRoot() * treated(&stream) - $0
          }
          cells.append(try #require(try Skewness(of: differences)))
        }
      }
      return try #require(PooledSkewness(cells)).isLarge
    }
  }

  @Test(arguments: [5, 8])
  func seesWhatNoCellShowsByItself(replicates: Int) throws {
    // Few suites are made unless more are asked for; what they find is then less precise.
    let suites = Simulation.trials ?? 30
    var stream = RandomStream(StreamPath(seed: 34) / "leaning" / "\(replicates)")
    let normal = try leaning(suites, replicates: replicates, controlShare: 0.5, &stream) {
      $0.normal()
    }
    #expect(Simulation.isPlausible(normal, of: suites, atMost: 0.005))
    let exponential = try leaning(10, replicates: replicates, controlShare: 0, &stream) {
      1 + log(1 - $0.uniform())
    }
    #expect(exponential == 10)
  }
}
