/// How far a quantity rises along a path, in its own unit.
///
/// Frankle, Dziugaite, Roy & Carbin (ICML 2020, section 2): highest value on the path less the mean of
/// both ends. Where the ends differ that mean lies below one of them and the number is above 0 even on a
/// straight line; `excess` is not.
package struct Barrier: Hashable, Sendable {
  /// max v − (v₀ + v₁) / 2.
  package let height: Double
  /// Largest v(α) − ((1 − α) v₀ + α v₁); at least 0, the ends being points of the path.
  package let excess: Double
  /// Where the highest value is, the first where several are.
  package let position: Double
  /// Mean of both ends.
  package let ends: Double
  /// Points without a finite value, which are left out.
  package let gaps: Int

  /// The barrier of `values` at `positions`; `nil` where an end has no value.
  package init?(positions: [Double], values: [Double?]) {
    precondition(
      positions.count == values.count, "\(values.count) values at \(positions.count) positions")
    guard positions.count >= 2, let first = values.first ?? nil, let last = values.last ?? nil
    else {
      return nil
    }
    let found = zip(positions, values).compactMap { position, value in value.map { (position, $0) }
    }
    let highest = found.reduce(found[0]) { $1.1 > $0.1 ? $1 : $0 }
    ends = (first + last) / 2
    height = highest.1 - ends
    position = highest.0
    excess = found.map { $1 - ((1 - $0) * first + $0 * last) }.reduce(0, max)
    gaps = values.count - found.count
  }
}
