import Randomness
import Statistics
import Testing

@Suite("VarianceComponents")
struct VarianceComponentsTests {
  @Test("balanced groups, by hand")
  func balanced() throws {
    let found = try #require(try VarianceComponents([[1, 3], [5, 7], [9, 11]]))
    // Means 2, 6, 10: MSB = 2·(16 + 0 + 16)/2 = 32; MSW = 3·2/3 = 2; between = (32 − 2)/2.
    #expect(abs(found.within - 2) < 1e-12)
    #expect(abs(found.between - 15) < 1e-12)
  }

  @Test("groups of different sizes weigh by n₀")
  func unbalanced() throws {
    let found = try #require(try VarianceComponents([[0, 2, 4], [10]]))
    // MSW = 8/2 = 4; grand mean 4: MSB = 3·4 + 36 = 48; n₀ = 4 − 10/4 = 1.5.
    #expect(abs(found.within - 4) < 1e-12)
    #expect(abs(found.between - 44 / 1.5) < 1e-12)
  }

  @Test("no variance between groups is 0, never less")
  func none() throws {
    let found = try #require(try VarianceComponents([[0, 4], [1, 3], [2, 2]]))
    #expect(found.between == 0 && found.within > 0)
  }

  @Test("simulated components come out near what they were")
  func simulated() throws {
    var stream = RandomStream(StreamPath(seed: 1) / "components")
    let groups = (0..<2000).map { _ in
      let centre = stream.normal(standardDeviation: 3)
      return (0..<3).map { _ in centre + stream.normal() }
    }
    let found = try #require(try VarianceComponents(groups))
    #expect(abs(found.between - 9) < 0.9)
    #expect(abs(found.within - 1) < 0.1)
  }

  @Test("what has no components")
  func missing() throws {
    #expect(try VarianceComponents([[1, 2, 3]]) == nil)
    #expect(try VarianceComponents([[1], [2], []]) == nil)
    #expect(throws: StatisticsError.self) { try VarianceComponents([[1, .infinity], [2]]) }
  }
}
