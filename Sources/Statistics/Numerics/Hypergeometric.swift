import CGSL
import Foundation

/// The law of how many marked members a draw without replacement holds.
///
/// Of N members K are marked and n are drawn: P(X = k) = C(K, k) C(N − K, n − k) / C(N, n). It is also the law
/// of the overlap of two independent random subsets of K and n members.
///
/// Logarithms of factorials of 10⁸ have lost eight digits before they are subtracted. With observed cells o
/// of the 2 × 2 table of marked and drawn, expected ones e = row · column / N and ln m! = m ln m − m + s(m),
///
///     ln P(X = k) = −Σ (o ln(o/e) − o + e) + s(K) + s(N − K) + s(n) + s(N − n) − s(N) − Σ s(o)
///
/// has only small terms, so it holds for all populations allowed and far into the tails, where the
/// probability itself would be 0. Tails are sums outwards by the ratios of neighbours.
///
/// Reference: Loader, "Fast and accurate computation of binomial probabilities", 2000, whose deviance
/// this is.
package struct Hypergeometric: Hashable, Sendable {
  /// The largest population: products of two counts stay exact.
  package static let largestPopulation = 1 << 31

  /// All members, N.
  package let population: Int

  /// Marked members, K.
  package let marked: Int

  /// Members drawn, n.
  package let drawn: Int

  /// The law of `drawn` of `population` members, `marked` of which are marked.
  ///
  /// - Throws: `StatisticsError.parameterOutside`.
  package init(population: Int, marked: Int, drawn: Int) throws {
    try requireCount(population, in: 1...Self.largestPopulation, "the population")
    try requireCount(marked, in: 0...population, "the number of marked members")
    try requireCount(drawn, in: 0...population, "the number of drawn members")
    self.population = population
    self.marked = marked
    self.drawn = drawn
  }

  /// The counts that can come, max(0, n + K − N) … min(n, K).
  package var support: ClosedRange<Int> {
    max(0, drawn + marked - population)...min(drawn, marked)
  }

  /// The expected count, n K / N.
  package var mean: Double { Double(drawn * marked) / Double(population) }

  /// The variance, n (K / N) (1 − K / N) (N − n) / (N − 1); 0 for a population of one.
  package var variance: Double {
    guard population > 1 else { return 0 }
    let share = Double(marked) / Double(population)
    return mean * (1 - share) * Double(population - drawn) / Double(population - 1)
  }

  /// The most probable count.
  package var mode: Int { (drawn + 1) * (marked + 1) / (population + 2) }

  /// ln P(X = k); −∞ outside the support.
  package func logProbability(_ count: Int) -> Double {
    guard support.contains(count) else { return -.infinity }
    let cells = [
      count, marked - count, drawn - count, population - marked - drawn + count,
    ]
    let rows = [marked, marked, population - marked, population - marked]
    let columns = [drawn, population - drawn, drawn, population - drawn]
    // All four cells lie equally far from their expected values; the integer difference is exact.
    let excess = Double(count * population - drawn * marked) / Double(population)
    var sum =
      stirling(marked) + stirling(population - marked) + stirling(drawn)
      + stirling(population - drawn) - stirling(population)
    for index in cells.indices {
      let observed = Double(cells[index])
      let expected = Double(rows[index] * columns[index]) / Double(population)
      let missing = index == 0 || index == 3 ? -excess : excess
      // o ln(o/e) − o + e = −o (ln(1 + u) − u) with u = (e − o)/o, which gsl_sf_log_1plusx_mx holds.
      let deviance =
        cells[index] == 0 ? expected : -observed * gsl_sf_log_1plusx_mx(missing / observed)
      sum -= deviance + stirling(cells[index])
    }
    return sum
  }

  /// ln P(X ≤ k).
  package func logLowerTail(_ count: Int) -> Double {
    if count < support.lowerBound { return -.infinity }
    if count >= support.upperBound { return 0 }
    return count <= mode
      ? logTail(from: count, step: -1)
      : log1p(-exp(logTail(from: count + 1, step: 1)))
  }

  /// ln P(X ≥ k).
  package func logUpperTail(_ count: Int) -> Double {
    if count > support.upperBound { return -.infinity }
    if count <= support.lowerBound { return 0 }
    return count > mode
      ? logTail(from: count, step: 1)
      : log1p(-exp(logTail(from: count - 1, step: -1)))
  }

  /// ln of the chance of a count that is no more probable than this one.
  ///
  /// Probabilities that differ by less than 10⁻⁷ of their size are equal ones that were rounded.
  package func logTwoSidedPValue(_ count: Int) -> Double {
    let level = logProbability(count) + 1e-7
    guard count != mode, logProbability(mode) > level else { return 0 }
    if count < mode {
      let other = first(in: mode...support.upperBound + 1) { logProbability($0) <= level }
      return logSum(logLowerTail(count), logUpperTail(other))
    }
    let other = first(in: support.lowerBound...mode) { logProbability($0) > level } - 1
    return logSum(logUpperTail(count), logLowerTail(other))
  }

  /// The range of counts that leaves at most (1 − level)/2 of the probability below it and above it.
  ///
  /// - Parameter level: the confidence level, strictly between 0 and 1.
  /// - Throws: `StatisticsError.parameterOutside` for another level.
  package func centralRange(level: Double) throws -> ClosedRange<Int> {
    try requireLevel(level)
    let tail = log((1 - level) / 2)
    let lower = first(in: support) { logLowerTail($0) > tail }
    let upper = first(in: support) { logUpperTail($0 + 1) <= tail }
    return lower...upper
  }

  /// The smallest number of a range for which a condition holds that holds from some number on.
  private func first(in range: ClosedRange<Int>, where condition: (Int) -> Bool) -> Int {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower < upper {
      let middle = lower + (upper - lower) / 2
      if condition(middle) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }

  /// ln of the sum of probabilities from `count` away from the mode.
  private func logTail(from count: Int, step: Int) -> Double {
    var (term, sum, current) = (1.0, 1.0, count)
    while support.contains(current + step) {
      term *= step > 0 ? ratio(after: current) : 1 / ratio(after: current - 1)
      guard term > sum * 1e-18 else { break }
      sum += term
      current += step
    }
    return logProbability(count) + log(sum)
  }

  /// P(X = k + 1) / P(X = k).
  private func ratio(after count: Int) -> Double {
    Double(marked - count) * Double(drawn - count)
      / (Double(count + 1) * Double(population - marked - drawn + count + 1))
  }

  /// s(m) = ln m! − m ln m + m: ½ ln 2πm and the logarithm of GSL's regulated Γ*(m); 0 for none.
  private func stirling(_ count: Int) -> Double {
    guard count > 0 else { return 0 }
    return 0.5 * log(2 * .pi * Double(count)) + log(gsl_sf_gammastar(Double(count)))
  }
}

/// ln(eᵃ + eᵇ).
private func logSum(_ a: Double, _ b: Double) -> Double {
  let larger = max(a, b)
  return larger == -.infinity ? larger : min(0, larger + log1p(exp(min(a, b) - larger)))
}

/// Throws unless a count lies in a range.
func requireCount(_ count: Int, in range: ClosedRange<Int>, _ name: String) throws {
  guard range.contains(count) else {
    throw StatisticsError.parameterOutside(
      name: name, value: Double(count),
      allowed: "from \(range.lowerBound) to \(range.upperBound)")
  }
}
