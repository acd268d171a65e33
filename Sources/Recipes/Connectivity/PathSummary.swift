/// A quantity along a path in a few numbers, each in its own unit: how far it rises, and where.
package struct PathSummary: Hashable, Sendable {
  /// At the ends.
  package let start, end: Double
  /// Lowest and highest value.
  package let lowest, highest: Double
  /// Where the highest value is, the first where several are.
  package let highestAt: Double
  /// Largest v(α) − ((1 − α) v₀ + α v₁); at least 0, the ends being points of the path.
  package let excess: Double
  /// Mean over t, the points being at equal distances of it.
  package let mean: Double
  /// Mean over arc length: with vₖ at the points and ℓₖ the arc length from point k to the next,
  /// `Σ ½·(vₖ + vₖ₊₁)·ℓₖ / Σ ℓₖ` (the authors of Garipov et al., NeurIPS 2018, report it with chords in
  /// the place of arcs); `nil` where the path has no length or none was given.
  package let overLength: Double?
  /// Points without a finite value, which all but the ends may be; they and the pieces beside them are left
  /// out.
  package let gaps: Int

  /// The summary of `values` at `positions`, between which the arcs are `arcs` long; `nil` where an end has no
  /// value.
  package init?(positions: [Double], values: [Double?], arcs: [Double]? = nil) {
    precondition(
      positions.count == values.count, "\(values.count) values at \(positions.count) positions")
    guard positions.count >= 2, let start = values.first ?? nil, let end = values.last ?? nil
    else {
      return nil
    }
    let known = zip(positions, values).compactMap { position, value in value.map { (position, $0) }
    }
    (self.start, self.end) = (start, end)
    lowest = known.reduce(start) { min($0, $1.1) }
    (highestAt, highest) = known.reduce(known[0]) { $1.1 > $0.1 ? $1 : $0 }
    excess = known.map { $1 - ((1 - $0) * start + $0 * end) }.reduce(0, max)
    mean = known.reduce(0) { $0 + $1.1 } / Double(known.count)
    gaps = values.count - known.count
    var (sum, length) = (0.0, 0.0)
    for (index, arc) in (arcs ?? []).enumerated() {
      guard let one = values[index], let next = values[index + 1] else { continue }
      sum += (one + next) / 2 * arc
      length += arc
    }
    overLength = length > 0 ? sum / length : nil
  }

  /// Mean of both ends.
  package var ends: Double { (start + end) / 2 }

  /// The barrier: max v − (v₀ + v₁) / 2.
  ///
  /// Frankle, Dziugaite, Roy & Carbin (ICML 2020, section 2). Where the ends differ their mean lies below one
  /// of them and the number is above 0 even on a straight line; `excess` is not.
  package var barrier: Double { highest - ends }

  /// What the barrier is at least, however straight the path: |v₀ − v₁| / 2.
  package var floor: Double { abs(start - end) / 2 }

  /// How far the highest value lies above the worse end's: what the barrier is above its `floor`.
  package var rise: Double { highest - max(start, end) }
}
