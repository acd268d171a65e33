/// A sum of independent mean squares with weights of either sign, and the interval of its expectation.
///
/// The modified large-sample interval of Ting, Burdick, Graybill, Jeyaratnam and Lu (Journal of Statistical
/// Computation and Simulation 35(1–2), 1990). With weights c of positive and −d of negative terms and F(α; q,
/// r) the upper quantile, the lower limit at confidence 1 − α lies √V below the estimate, where
///
///     V = Σ G_q² c_q² MS_q² + Σ H_r² d_r² MS_r² + Σ G_qr c_q d_r MS_q MS_r,
///     G_q = 1 − 1/F(α; q, ∞),  H_r = 1/F(1 − α; r, ∞) − 1,
///     G_qr = ((F − 1)² − G_q² F² − H_r²) / F,  F = F(α; q, r).
///
/// The upper limit is the lower one of the negated sum. One mean square alone gives the exact χ² interval.
struct MeanSquareCombination: Hashable, Sendable {
  /// One mean square.
  struct Term: Hashable, Sendable {
    let weight: Double
    let meanSquare: Double
    let degreesOfFreedom: Int

    /// 1/F(tail; ν, ∞) = ν / χ²(tail; ν).
    func ratio(upperTail: Double) throws -> Double {
      let freedom = Double(degreesOfFreedom)
      return freedom / (try ChiSquare.quantile(upperTail: upperTail, degreesOfFreedom: freedom))
    }
  }

  /// The mean squares that count.
  let terms: [Term]

  /// A sum; terms of weight 0 are left out.
  init(_ terms: [Term]) {
    self.terms = terms.filter { $0.weight != 0 }
  }

  /// The sum.
  var estimate: Double { terms.reduce(0) { $0 + $1.weight * $1.meanSquare } }

  /// The two-sided interval of the sum's expectation.
  func interval(level: Double) throws -> Interval {
    let tail = (1 - level) / 2
    return Interval(
      lower: estimate - (try reach(terms, tail)),
      upper: estimate
        + (try reach(
          terms.map {
            Term(
              weight: -$0.weight, meanSquare: $0.meanSquare, degreesOfFreedom: $0.degreesOfFreedom)
          }, tail)))
  }

  /// √V, how far below the sum its lower limit lies.
  private func reach(_ terms: [Term], _ tail: Double) throws -> Double {
    let positive = terms.filter { $0.weight > 0 }
    let negative = terms.filter { $0.weight < 0 }
    var variance = 0.0
    func square(_ value: Double) -> Double { value * value }
    for term in positive {
      let g = 1 - (try term.ratio(upperTail: tail))
      variance += square(g * term.weight * term.meanSquare)
    }
    for term in negative {
      let h = try term.ratio(upperTail: 1 - tail) - 1
      variance += square(h * term.weight * term.meanSquare)
    }
    for first in positive {
      let g = 1 - (try first.ratio(upperTail: tail))
      for second in negative {
        let h = try second.ratio(upperTail: 1 - tail) - 1
        let f = try FRatio.quantile(
          upperTail: tail, Double(first.degreesOfFreedom), Double(second.degreesOfFreedom))
        let both = (square(f - 1) - square(g * f) - square(h)) / f
        variance -= both * first.weight * first.meanSquare * second.weight * second.meanSquare
      }
    }
    return max(0, variance).squareRoot()
  }
}
