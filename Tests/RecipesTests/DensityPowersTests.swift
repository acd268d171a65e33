import Recipes
import Testing

@Suite("Powers of densities")
struct DensityPowersTests {
  @Test("powers are exact while they fit into 64 bits")
  func exact() throws {
    let base = try #require(Density("0.8"))
    #expect(base.raised(to: 0) == .one)
    for exponent in 1...27 { #expect(base.raised(to: exponent) == Density("0.8^\(exponent)")) }
    #expect(Density("0.9")?.raised(to: 19) == Density("0.9^19"))
    #expect(Density.one.raised(to: 1000) == .one)
  }

  @Test("beyond 64 bits twelve decimals stand for them, still falling")
  func rounded() throws {
    let base = try #require(Density("0.8"))
    #expect(Density("0.8^28") == nil)
    let powers = try (25...60).map { try #require(base.raised(to: $0)) }
    #expect(powers[3].description == "0.001934281311")
    #expect(zip(powers, powers.dropFirst()).allSatisfy { $0 > $1 })
    #expect(Density("1%")?.raised(to: 9) == Density("1%^9"))
    #expect(Density("1%")?.raised(to: 10) == nil)
  }

  @Test("what a rate leaves")
  func complement() {
    #expect(Density("20%")?.complement == Density("0.8"))
    #expect(Density("1/3")?.complement == Density("2/3"))
    #expect(Density.one.complement == nil)
  }
}
