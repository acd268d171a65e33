import CGSL

/// Groups of independent magnitudes under one threshold: what a global ranking keeps of every group,
/// expected from the groups' distributions alone.
///
/// The threshold t solves `Σ nₗ · P(|Wₗ| > t) = kept`.
package struct CommonThreshold: Sendable {
  /// A group's distribution.
  package enum Distribution: Hashable, Sendable {
    /// N(0, σ²): P(|W| > t) = erfc(t / (σ√2)).
    case normal(standardDeviation: Double)
    /// U(−b, b): P(|W| > t) = 1 − t/b.
    case uniform(bound: Double)

    /// P(|W| > t).
    func exceeding(_ threshold: Double) -> Double {
      switch self {
      case .normal(let deviation): gsl_sf_erfc(threshold / (deviation * 2.0.squareRoot()))
      case .uniform(let bound): max(0, 1 - threshold / bound)
      }
    }

    /// A magnitude that is exceeded with no probability a double can hold.
    var limit: Double {
      switch self {
      case .normal(let deviation): 38 * deviation
      case .uniform(let bound): bound
      }
    }
  }

  /// Members of each group and their distribution.
  package let groups: [(size: Int, distribution: Distribution)]
  /// The magnitude above which members are kept.
  package let threshold: Double

  /// The threshold that keeps `kept` members in expectation.
  package init(groups: [(size: Int, distribution: Distribution)], kept: Int) throws {
    let total = groups.reduce(0) { $0 + $1.size }
    guard (1...max(total, 1)).contains(kept) else {
      throw StatisticsError.parameterOutside(
        name: "the number kept", value: Double(kept), allowed: "from 1 to \(total)")
    }
    self.groups = groups
    threshold =
      kept == total
      ? 0
      : try GSL.root(between: 0, and: groups.map(\.distribution.limit).max() ?? 1) { threshold in
        groups.reduce(-Double(kept)) { $0 + Double($1.size) * $1.distribution.exceeding(threshold) }
      }
  }

  /// Members of each group kept in expectation.
  package var expected: [Double] {
    groups.map { Double($0.size) * $0.distribution.exceeding(threshold) }
  }

  /// `(observed − expected) / binomial standard deviation` per group; 0 where that deviation is zero and
  /// the counts agree.
  package func zScores(of observed: [Int]) -> [Double] {
    zip(groups, observed).map { group, count in
      // At 0 everything is kept; GSL's erfc(0) is a rounding error below 1.
      let probability = threshold == 0 ? 1 : group.distribution.exceeding(threshold)
      let size = Double(group.size)
      let difference = Double(count) - size * probability
      let deviation = (size * probability * (1 - probability)).squareRoot()
      return deviation > 0 ? difference / deviation : (difference == 0 ? 0 : .infinity)
    }
  }
}
