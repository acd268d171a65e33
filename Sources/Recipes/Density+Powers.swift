import Foundation

extension Density {
  /// The density that is left after keeping this one `exponent` times in a row.
  ///
  /// Exact while numerator and denominator fit into 64 bits (0.8²⁷, 0.9¹⁹), rounded to twelve decimals
  /// beyond; `nil` where such a one is below 10⁻¹².
  package func raised(to exponent: Int) -> Density? {
    precondition(exponent >= 0, "a density to the power of \(exponent)")
    var (top, bottom) = (UInt64(1), UInt64(1))
    for _ in 0..<exponent {
      let (nextTop, topOverflows) = top.multipliedReportingOverflow(by: numerator)
      let (nextBottom, bottomOverflows) = bottom.multipliedReportingOverflow(by: denominator)
      guard !topOverflows, !bottomOverflows else {
        let power = pow(value, Double(exponent))
        return power < 1e-12 ? nil : Density(nearest: power)
      }
      (top, bottom) = (nextTop, nextBottom)
    }
    return Density(reducing: top, over: bottom)
  }

  /// The density that is left where this fraction is pruned; `nil` where nothing is left.
  package var complement: Density? {
    Density(reducing: denominator - numerator, over: denominator)
  }
}
