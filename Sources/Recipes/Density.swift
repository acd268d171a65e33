import Foundation

/// The fraction of prunable weights that are *kept*, as an exact rational number in (0, 1].
///
/// Written `0.1`, `10%`, `1/8`, or a power of one of these: `0.8^6`. Exactness matters: a count of
/// kept weights must not depend on how 0.8⁶ rounds in binary. A power whose numerator or denominator
/// outgrows 64 bits stays one: it is kept as its smallest base and an exponent, so that equal values
/// are equal.
///
/// - Note: sparsity = 1 − density; compression = 1 / density.
package struct Density: Hashable, Comparable, Sendable {
  /// Numerator of the reduced fraction, or of the base of a power beyond 64 bits.
  package let numerator: UInt64
  /// Denominator of the reduced fraction, or of the base of a power beyond 64 bits.
  package let denominator: UInt64
  /// How often the fraction is multiplied by itself: 1 wherever the product fits into 64 bits.
  package let exponent: Int

  /// Every weight kept.
  package static let one = Density(reducing: 1, over: 1)!

  /// Reduces `numerator / denominator`; `nil` unless the value lies in (0, 1].
  package init?(reducing numerator: UInt64, over denominator: UInt64) {
    guard numerator > 0, denominator >= numerator else { return nil }
    let divisor = Self.greatestCommonDivisor(numerator, denominator)
    self.init(numerator: numerator / divisor, denominator: denominator / divisor, exponent: 1)
  }

  /// A density from parts that are in their one form.
  init(numerator: UInt64, denominator: UInt64, exponent: Int) {
    (self.numerator, self.denominator) = (numerator, denominator)
    self.exponent = exponent
  }

  /// The density nearest to `value` with twelve decimals, for densities that no one wrote exactly
  /// (10^(−0.5), say); `nil` outside of (0, 1].
  package init?(nearest value: Double) {
    let scale = 1_000_000_000_000.0
    guard value.isFinite, value > 0, value <= 1 else { return nil }
    self.init(reducing: UInt64((value * scale).rounded()), over: UInt64(scale))
  }

  /// The value as a floating-point number, for drawing and for comparing only.
  package var value: Double {
    let base = Double(numerator) / Double(denominator)
    return exponent == 1 ? base : pow(base, Double(exponent))
  }

  /// How many of `count` weights are kept: `N − ⌊(1 − d)·N⌋`, in integer arithmetic.
  package func kept(of count: Int) -> Int {
    precondition(count >= 0, "a negative number of weights: \(count)")
    guard exponent == 1 else { return keptOfPower(count) }
    let pruned = UInt128(denominator - numerator) * UInt128(count) / UInt128(denominator)
    return count - Int(pruned)
  }

  /// Orders by value, exactly.
  package static func < (left: Density, right: Density) -> Bool {
    guard left.exponent == 1, right.exponent == 1 else { return left.isBelowPower(right) }
    return UInt128(left.numerator) * UInt128(right.denominator)
      < UInt128(right.numerator) * UInt128(left.denominator)
  }

  private static func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var (first, second) = (first, second)
    while second != 0 { (first, second) = (second, first % second) }
    return first
  }
}

extension Density: LosslessStringConvertible {
  /// Reads `0.1`, `10%`, `1/8`, `0.8^6`; `nil` for anything else and for values outside of (0, 1].
  package init?(_ text: String) {
    let parts = text.split(separator: "^", omittingEmptySubsequences: false)
    guard parts.count <= 2, let base = Self.fraction(parts[0]) else { return nil }
    let exponent = parts.count == 2 ? Int(parts[1]) ?? -1 : 1
    guard exponent >= 0, let power = base.raised(to: exponent) else { return nil }
    self = power
  }

  /// The shortest exact text: a decimal where the fraction has one, `a/b` elsewhere, and `0.8^28` for a
  /// power beyond 64 bits.
  package var description: String { exponent == 1 ? base : "\(base)^\(exponent)" }

  private var base: String {
    var (rest, digits) = (denominator, 0)
    var factors = (twos: 0, fives: 0)
    while rest % 2 == 0 { (rest, factors.twos) = (rest / 2, factors.twos + 1) }
    while rest % 5 == 0 { (rest, factors.fives) = (rest / 5, factors.fives + 1) }
    digits = max(factors.twos, factors.fives)
    guard rest == 1, digits <= 18 else { return "\(numerator)/\(denominator)" }
    if digits == 0 { return "1" }
    var scaled = UInt128(numerator)
    for _ in 0..<(digits - factors.twos) { scaled *= 2 }
    for _ in 0..<(digits - factors.fives) { scaled *= 5 }
    let decimals = String(scaled)
    return "0." + String(repeating: "0", count: digits - decimals.count) + decimals
  }

  private static func fraction(_ text: Substring) -> Density? {
    if text.hasSuffix("%") { return decimal(text.dropLast(), shiftedBy: 2) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return parts.count == 1 ? decimal(text, shiftedBy: 0) : nil }
    guard let top = UInt64(parts[0]), let bottom = UInt64(parts[1]) else { return nil }
    return Density(reducing: top, over: bottom)
  }

  private static func decimal(_ text: Substring, shiftedBy shift: Int) -> Density? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }) else {
      return nil
    }
    let decimals = parts.count == 2 ? parts[1] : ""
    guard !(parts[0].isEmpty && decimals.isEmpty), decimals.count + shift <= 18,
      let top = UInt64(parts[0] + decimals)
    else { return nil }
    let bottom = (0..<(decimals.count + shift)).reduce(UInt64(1)) { product, _ in product * 10 }
    return Density(reducing: top, over: bottom)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension Density: TextCodable {
  package static let noun = "density in (0, 1]"
}
