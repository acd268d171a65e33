import Foundation
import Testing

@testable import Recipes

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

  @Test("beyond 64 bits a power stays a power, exact, and still falls")
  func wide() throws {
    let base = try #require(Density("0.8"))
    #expect(base.raised(to: 28)?.description == "0.8^28")
    #expect(base.raised(to: 28) == Density("0.8^28"))
    let powers = try (25...60).map { try #require(base.raised(to: $0)) }
    #expect(zip(powers, powers.dropFirst()).allSatisfy { $0 > $1 })
    #expect(powers.shuffled().sorted(by: >) == powers)
    #expect(Density("1%")?.raised(to: 9) == Density("1%^9"))
    #expect(Density("1%")?.raised(to: 10) == nil)
  }

  @Test(
    "every power that a ladder reaches is read, printed and read again",
    arguments: ["0.9^20", "0.8^28", "0.99^10", "0.95^15", "0.99^100", "2/3^41", "0.999^1000"])
  func read(_ text: String) throws {
    let density = try #require(Density(text))
    #expect(density.description == text)
    let decoded = try JSONDecoder().decode([Density].self, from: CanonicalJSON.encode([density]))
    #expect(decoded == [density])
  }

  @Test(
    "equal powers are equal, whichever base they are written with",
    arguments: [("0.64^15", "0.8^30"), ("0.512^10", "0.8^30"), ("1/4^19", "0.5^38")])
  func oneForm(_ first: String, _ second: String) throws {
    let density = try #require(Density(first))
    #expect(density == Density(second))
    #expect(Set([density, try #require(Density(second))]).count == 1)
  }

  // N − ⌊(1 − d)·N⌋ by Python's fractions.
  @Test(
    "powers keep exact counts",
    arguments: [
      ("0.8^28", 266_200, 515), ("0.8^30", 266_200, 330), ("0.9^20", 7_000_000_007, 851_036_583),
      ("0.99^10", 1_000_000_000_000, 904_382_075_009), ("0.99^100", 25_557_032, 9_354_701),
      ("0.9^38", 10, 1), ("2/3^41", 138_344_128, 9), ("0.999^1000", 138_344_128, 50_868_503),
      ("0.8^28", 0, 0), ("0.8^28", 1, 1), ("0.5^39", 549_755_813_888, 1),
      ("0.5^39", 549_755_813_889, 2),
    ])
  func counts(_ text: String, _ count: Int, _ kept: Int) throws {
    #expect(try #require(Density(text)).kept(of: count) == kept)
  }

  @Test("the arithmetic of powers gives the counts of fractions too")
  func sameCounts() throws {
    for text in ["0.1", "0.512", "1/3", "0.8^18", "0.99"] {
      let density = try #require(Density(text))
      for count in [0, 1, 2, 3, 7, 10, 99, 266_200, 138_344_128] {
        #expect(density.keptOfPower(count) == density.kept(of: count), "\(text) of \(count)")
      }
    }
  }

  @Test("neighbours that floating-point numbers cannot tell apart are ordered")
  func orders() throws {
    let third = try #require(Density("1/3"))
    let (below, above) = (
      try #require(Density("0.333333333333333333")), try #require(Density("0.333333333333333334"))
    )
    #expect(below.isBelowPower(third) && third.isBelowPower(above))
    #expect(!third.isBelowPower(below) && !third.isBelowPower(third))
  }

  @Test("densities that rounding tells apart are near, small ones are not")
  func near() throws {
    func near(_ first: String, _ second: String) throws -> Bool {
      try #require(Density(first)).isNear(try #require(Density(second)))
    }
    #expect(try near("0.512", "0.5120000000000001"))
    #expect(try near("0.8^28", "0.001934281311383407"))
    #expect(try near("0.512", "0.512"))
    #expect(try !near("0.512", "0.512000000002"))
    #expect(try !near("0.0000000000001", "0.00000000000011"))
  }

  @Test("a power beyond all bounds is refused at once")
  func bounds() {
    #expect(Density("0.99^1000000000") == nil)
    #expect(Density("0.99")?.raised(to: 1_000_000_000) == nil)
    #expect(Density("0.99")?.raised(to: .max) == nil)
    #expect(Density("0.999999999999999999")?.raised(to: 100_000) == nil)
  }

  @Test("what a rate leaves")
  func complement() {
    #expect(Density("20%")?.complement == Density("0.8"))
    #expect(Density("1/3")?.complement == Density("2/3"))
    #expect(Density.one.complement == nil)
  }
}

@Suite("Wide numbers")
struct WideNumberTests {
  @Test("products carry from digit to digit")
  func products() {
    let most = WideNumber(.max)
    // (2⁶⁴ − 1)³ and 2¹²⁸ − 1 = (2⁶⁴ − 1)·(2⁶⁴ + 1) = (2⁶⁴ − 1)·274177·67280421310721.
    #expect(most.times(274_177).times(67_280_421_310_721) > most.times(.max))
    #expect(most.times(1, exponent: 9) == most)
    #expect(most.times(.max, exponent: 2) == most.times(.max).times(.max))
    #expect(most.times(.max) < most.times(.max, exponent: 2))
    #expect(WideNumber(2).times(2, exponent: 63) > most)
    #expect(WideNumber(0).times(.max) == WideNumber(0))
    #expect(most.times(0) == WideNumber(0))
    #expect(WideNumber(3).times(5) == WideNumber(15))
  }

  @Test("what is written is read back, whatever its base became")
  func readBack() throws {
    for text in ["0.9801^600", "0.64^15", "0.8^28", "0.99^10", "0.8^1000"] {
      let density = Density(text)
      if let density { #expect(Density(density.description) == density, "\(text)") }
    }
    #expect(try #require(Density("0.9801^600")).description == "0.99^1200")
    #expect(Density("0.99^1000000000") == nil)
  }
}
