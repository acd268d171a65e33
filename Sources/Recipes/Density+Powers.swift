import Foundation

extension Density {
  /// The density that is left after keeping this one `exponent` times in a row, exactly.
  ///
  /// `nil` where numerator and denominator do not fit into 64 bits and the value is below 10⁻¹², which no
  /// ladder reaches, or where the power has more digits than anyone means.
  package func raised(to exponent: Int) -> Density? {
    precondition(exponent >= 0, "a density to the power of \(exponent)")
    guard exponent > 0, self != .one else { return .one }
    let root = smallestBase
    let (total, overflows) = root.exponent.multipliedReportingOverflow(by: exponent)
    guard !overflows, Double(total) * log2(Double(root.denominator)) <= Self.mostBits else {
      return nil
    }
    if let whole = Density(multiplying: root, times: total) { return whole }
    let power = Density(
      numerator: root.numerator, denominator: root.denominator, exponent: total)
    return power.value < 1e-12 ? nil : power
  }

  /// The density that is left where this fraction is pruned; `nil` where nothing is left, and for a power
  /// beyond 64 bits.
  package var complement: Density? {
    exponent == 1 ? Density(reducing: denominator - numerator, over: denominator) : nil
  }

  /// Whether both are written for one density: closer than 10⁻¹², as 0.8³ and 0.5120000000000001 are, and
  /// not far apart by their ratio, as 10⁻¹³ and 10⁻¹⁴ are.
  package func isNear(_ other: Density) -> Bool {
    let (mine, theirs) = (value, other.value)
    return abs(mine - theirs) < 1e-12 && abs(mine - theirs) < 1e-6 * max(mine, theirs)
  }

  /// Bits of the largest denominator: a fraction of 64 bits to the power of 1000.
  private static let mostBits = 64_000.0

  /// The product where numerator and denominator fit into 64 bits.
  private init?(multiplying root: Density, times exponent: Int) {
    var (top, bottom) = (UInt64(1), UInt64(1))
    for _ in 0..<exponent {
      let (nextTop, topOverflows) = top.multipliedReportingOverflow(by: root.numerator)
      let (nextBottom, bottomOverflows) = bottom.multipliedReportingOverflow(by: root.denominator)
      guard !topOverflows, !bottomOverflows else { return nil }
      (top, bottom) = (nextTop, nextBottom)
    }
    self.init(numerator: top, denominator: bottom, exponent: 1)
  }

  /// This density as a power of a fraction that is itself none, so that 0.64¹⁵ and 0.8³⁰ are one.
  private var smallestBase: Density {
    for degree in stride(from: 63, through: 2, by: -1) {
      if let top = Self.root(degree, of: numerator), let bottom = Self.root(degree, of: denominator)
      {
        return Density(numerator: top, denominator: bottom, exponent: degree * exponent)
      }
    }
    return self
  }

  /// The whole number whose power of `degree` is `number`; `nil` where there is none.
  private static func root(_ degree: Int, of number: UInt64) -> UInt64? {
    let near = UInt64(pow(Double(number), 1 / Double(degree)).rounded())
    var power = UInt64(1)
    for _ in 0..<degree {
      let (next, overflows) = power.multipliedReportingOverflow(by: near)
      guard !overflows else { return nil }
      power = next
    }
    return power == number ? near : nil
  }

  /// ``kept(of:)`` of a power beyond 64 bits: the least k with `k·qⁿ ≥ N·pⁿ`.
  func keptOfPower(_ count: Int) -> Int {
    let (top, bottom) = (power(of: numerator), power(of: denominator))
    let wanted = top.times(UInt64(count))
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if bottom.times(UInt64(middle)) < wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether this is less than `other`, exactly.
  func isBelowPower(_ other: Density) -> Bool {
    let (mine, theirs) = (value, other.value)
    // Rounding of neither reaches this far.
    if abs(mine - theirs) > 1e-9 * max(mine, theirs) { return mine < theirs }
    return power(of: numerator).times(other.denominator, exponent: other.exponent)
      < other.power(of: other.numerator).times(denominator, exponent: exponent)
  }

  private func power(of number: UInt64) -> WideNumber {
    WideNumber(1).times(number, exponent: exponent)
  }
}
