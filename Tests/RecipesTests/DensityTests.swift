import Foundation
import Recipes
import Testing

@Suite("Density")
struct DensityTests {
  /// `N − ⌊(1 − d)·N⌋` in decimal digits of any length, apart from the type's own arithmetic.
  private func kept(_ numerator: UInt64, _ denominator: UInt64, of count: Int) -> Int {
    // Long multiplication and division by the schoolbook, digit by digit.
    var digits = String(denominator - numerator).compactMap(\.wholeNumberValue).map { $0 }
    var product: [Int] = []
    var carry: UInt128 = 0
    for digit in digits.reversed() {
      carry += UInt128(digit) * UInt128(count)
      product.insert(Int(carry % 10), at: 0)
      carry /= 10
    }
    while carry > 0 {
      product.insert(Int(carry % 10), at: 0)
      carry /= 10
    }
    digits = product
    var (quotient, rest) = (0, UInt128(0))
    for digit in digits {
      rest = rest * 10 + UInt128(digit)
      quotient = quotient * 10 + Int(rest / UInt128(denominator))
      rest %= UInt128(denominator)
    }
    return count - quotient
  }

  @Test("the schoolbook arithmetic sees a wrong count")
  func helperCanFail() {
    #expect(kept(1, 3, of: 10) == 4)
    #expect(kept(1, 3, of: 10) != Int((10.0 / 3).rounded(.down)))
    #expect(kept(1, 2, of: 7) == 4)
  }

  @Test(
    "reads every notation",
    arguments: [
      ("0.1", 1, 10), ("10%", 1, 10), ("1/8", 1, 8), ("1", 1, 1), ("100%", 1, 1), ("2/4", 1, 2),
      ("0.8^3", 64, 125), ("80%^2", 16, 25), ("1/3^2", 1, 9), ("0.8^0", 1, 1), (".5", 1, 2),
      ("0.8^18", 68_719_476_736, 3_814_697_265_625),
      ("0.000000000000000001", 1, 1_000_000_000_000_000_000),
    ] as [(String, UInt64, UInt64)])
  func reads(_ text: String, _ numerator: UInt64, _ denominator: UInt64) throws {
    let density = try #require(Density(text))
    #expect(density.numerator == numerator)
    #expect(density.denominator == denominator)
  }

  @Test(
    "refuses what is no density",
    arguments: [
      "", "0", "0%", "1.1", "101%", "-0.1", "3/2", "0/1", "1/0", "0.8^", "0.8^-1", "0.8^1.5", "^2",
      "1e-1", "a", "0.1 ", "nan", "0.8^1001", "1%^10", "0.5^41^2", "0.001^1000", "1/2/3", ".", "%",
    ])
  func refuses(_ text: String) { #expect(Density(text) == nil) }

  @Test(
    "prints the shortest exact text, and reads it again",
    arguments: [
      ("10%", "0.1"), ("0.8^3", "0.512"), ("1/3", "1/3"), ("1", "1"), ("1/8", "0.125"),
      ("0.8^18", "0.018014398509481984"), ("2/6", "1/3"),
    ])
  func prints(_ text: String, _ printed: String) throws {
    #expect(Density(text)?.description == printed)
    #expect(Density(printed) == Density(text))
  }

  @Test("every power of 0.8 and 0.5 that can be read can be printed and read", arguments: 1...27)
  func powersRoundTrip(_ exponent: Int) throws {
    for base in ["0.8", "0.5", "1/3"] {
      guard let density = Density("\(base)^\(exponent)") else { continue }
      #expect(Density(density.description) == density)
      let decoded = try JSONDecoder().decode(
        [Density].self, from: CanonicalJSON.encode([density]))
      #expect(decoded == [density])
    }
  }

  @Test(
    "keeps N − ⌊(1 − d)·N⌋, exactly",
    arguments: [0, 1, 2, 3, 7, 10, 99, 266_200, 11_173_962, 138_344_128, 7_000_000_007])
  func keepsExactCounts(_ count: Int) throws {
    for text in ["0.1", "0.8^3", "0.8^6", "0.8^18", "1/3", "1", "1/7", "99.9%", "1%", "0.000001"] {
      let density = try #require(Density(text))
      let expected = kept(density.numerator, density.denominator, of: count)
      #expect(density.kept(of: count) == expected, "\(text) of \(count)")
    }
  }

  @Test("known counts, where binary fractions and rounding would err")
  func knownCounts() throws {
    let power = try #require(Density("0.8^18"))
    #expect(power.kept(of: 266_200) == 4796)
    // (1 − 0.1)·10 is 9 exactly; in binary it may come out below and keep one more.
    #expect(Density("0.1")?.kept(of: 10) == 1)
    #expect(Density("0.9")?.kept(of: 10) == 9)
    // Halves are kept: of 7 at 1/2, 4.
    #expect(Density("1/2")?.kept(of: 7) == 4)
    // At least one weight of any.
    #expect(Density("0.000001")?.kept(of: 1) == 1)
  }

  @Test("orders exactly")
  func orders() throws {
    let texts = ["0.8^18", "1%", "0.1", "0.8^6", "1/3", "0.333333333333333334", "0.8^3", "1"]
    let densities = try texts.map { try #require(Density($0)) }
    #expect(
      densities.sorted().map(\.description) == [
        "0.01", "0.018014398509481984", "0.1", "0.262144", "1/3", "0.333333333333333334", "0.512",
        "1",
      ])
  }

  @Test("the nearest density with twelve decimals")
  func nearest() {
    #expect(Density(nearest: 0.5)?.description == "0.5")
    #expect(Density(nearest: 0.316227766016838)?.description == "0.316227766017")
    #expect(Density(nearest: 0) == nil)
    #expect(Density(nearest: 1.5) == nil)
    #expect(Density(nearest: .nan) == nil)
  }
}
