import Recipes
import Statistics

/// A quantity along a path in a few numbers.
struct CurveSummary: Hashable {
  /// At the ends.
  let start, end: Double
  /// Lowest and highest value.
  let lowest, highest: Double
  /// Where the highest value is, the first where several are.
  let highestAt: Double
  /// Mean over t, the points being at equal distances of it.
  let mean: Double
  /// Mean over arc length: with vₖ at the points and ℓₖ the arc length from point k to the next,
  /// `Σ ½·(vₖ + vₖ₊₁)·ℓₖ / Σ ℓₖ` (the authors of Garipov et al., NeurIPS 2018, report it with chords in
  /// the place of arcs); `nil` where the curve has no length.
  let overLength: Double?
  /// Points without a finite value, which all but the ends may be; they and the pieces beside them are left
  /// out.
  let gaps: Int

  /// The summary of `values` at `positions`, between which the arcs are `arcs` long; `nil` where an end has no
  /// value.
  init?(positions: [Double], values: [Double?], arcs: [Double]?) {
    precondition(
      positions.count == values.count, "\(values.count) values at \(positions.count) positions")
    guard let start = values.first ?? nil, let end = values.last ?? nil else { return nil }
    let known = zip(positions, values).compactMap { position, value in value.map { (position, $0) }
    }
    let top = known.reduce(known[0]) { $1.1 > $0.1 ? $1 : $0 }
    (self.start, self.end) = (start, end)
    lowest = known.reduce(start) { min($0, $1.1) }
    (highestAt, highest) = top
    mean = Sample.mean(known.map(\.1))
    gaps = values.count - known.count
    var (sum, length) = (0.0, 0.0)
    for (index, arc) in (arcs ?? []).enumerated() {
      guard let one = values[index], let next = values[index + 1] else { continue }
      sum += (one + next) / 2 * arc
      length += arc
    }
    overLength = length > 0 ? sum / length : nil
  }

  /// How far the highest value lies above the worse end's.
  var rise: Double { highest - max(start, end) }
}
