import Foundation
import Randomness
import Statistics
import Testing

@Suite struct SkewnessTests {
  @Test(arguments: try ClaimReference.load().skewness)
  func agreesWithSciPy(row: ClaimReference.Skewness) throws {
    let skewness = try #require(try Skewness(of: row.sample))
    #expect(agree(skewness.value, row.value))
  }

  @Test func marksOneRunFarFromTheRest() throws {
    let collapsed = [0.1, -0.2, 0.15, 0, -71, 0.05, -0.1, 0.2]
    #expect(try #require(try Skewness(of: collapsed)).isLarge)
    #expect(try #require(try Skewness(of: collapsed.map { -$0 })).isLarge)
    #expect(try #require(try Skewness(of: Array(collapsed.prefix(5)))).isLarge)
    // Two humps of equal size are symmetric, however far apart.
    #expect(try !#require(try Skewness(of: [0, 0, 0, 0, 9, 9, 9, 9])).isLarge)
    // Four values cannot be more skewed than these, which is less than two standard errors.
    #expect(try !#require(try Skewness(of: [0, 0, 0, 1])).isLarge)
  }

  /// "About one in twenty", from 5 to 20 replicates, and far more often where samples are skewed.
  @Test(arguments: [5, 8, 12, 20])
  func seldomMarksNormalSamples(count: Int) throws {
    var stream = RandomStream(StreamPath(seed: 24) / "skewness" / "\(count)")
    let trials = 4000
    func marked(_ draw: () -> Double) throws -> Int {
      try (0..<trials).count { _ in
        try #require(try Skewness(of: (0..<count).map { _ in draw() })).isLarge
      }
    }
    let normal = try marked { stream.normal() }
    #expect(normal > trials * 3 / 100 && normal < trials * 7 / 100)
    let exponential = try marked { -log(1 - stream.uniform()) }
    #expect(exponential > 2 * normal)
  }

  /// √(6 (n − 2) / ((n + 1) (n + 3))), here in terms of b₁.
  @Test func standardErrorIsThatOfNormalSamples() throws {
    var stream = RandomStream(StreamPath(seed: 24) / "standard error")
    let found = try (0..<4000).map { _ in
      try #require(try Skewness(of: (0..<8).map { _ in stream.normal() }))
    }
    let squares = try SampleSummary(found.map { $0.value * $0.value })
    let variance = found[0].standardError * found[0].standardError
    #expect(abs(squares.mean - variance) < 4 * squares.standardError)
  }

  @Test func whatHasNoneHasNone() throws {
    #expect(try Skewness(of: []) == nil)
    #expect(try Skewness(of: [1, 2]) == nil)
    #expect(try Skewness(of: [3, 3, 3, 3]) == nil)
    #expect(throws: StatisticsError.self) { try Skewness(of: [1, 2, .infinity]) }
  }
}
