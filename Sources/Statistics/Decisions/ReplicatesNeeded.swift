/// How many replicates in all would decide an undecided comparison with a chance of 80 %.
///
/// Supposes that the true mean difference is the observed one. The standard deviation is less well
/// known, so each claim has a range: at the lower and upper ends of the observed standard
/// deviation's 80 % confidence interval, s √(ν / χ²₀.₉,ν) and s √(ν / χ²₀.₁,ν), ν = n − 1. No
/// number is below n + 1, as n replicates did not decide.
package struct ReplicatesNeeded: Hashable, Sendable {
  /// The chance of showing a claim that is true, 0.8.
  package static let power = 0.8

  /// The confidence level of the standard deviation's interval, 0.8.
  package static let standardDeviationLevel = 0.8

  /// The largest number searched, 10,000.
  package static let cap = 10_000

  /// To show that the mean lies within the margin; `nil` where the observed mean does not.
  package let equivalence: ReplicateRange?

  /// To show that the mean is not zero; `nil` where the observed mean is zero.
  package let difference: ReplicateRange?

  /// The claim that needs fewer replicates at the observed standard deviation.
  ///
  /// Equivalence where both need as many.
  package var nearerClaim: Claim {
    guard let difference else { return .equivalence }
    guard let equivalence else { return .difference }
    return equivalence.expected <= difference.expected ? .equivalence : .difference
  }

  /// The range of the nearer claim; one exists, as a mean of zero lies within every margin.
  package var nearerRange: ReplicateRange {
    switch nearerClaim {
    case .equivalence: equivalence!
    case .difference: difference!
    }
  }

  /// Computes the numbers for observed differences that vary.
  ///
  /// - Throws: `StatisticsError`; `.parameterOutside` where the standard deviation is 0.
  package init(observed: SampleSummary, rule: DecisionRule) throws {
    let s = observed.standardDeviation
    let freedom = observed.degreesOfFreedom
    func end(lowerTail: Double) throws -> Double {
      let quantile = try ChiSquared.quantile(lowerTail: lowerTail, degreesOfFreedom: freedom)
      return s * (Double(freedom) / quantile).squareRoot()
    }
    let tail = (1 - Self.standardDeviationLevel) / 2
    let spreads = (try end(lowerTail: 1 - tail), s, try end(lowerTail: tail))
    func range(for claim: Claim) throws -> ReplicateRange {
      func count(_ spread: Double) throws -> ReplicateCount {
        try Self.count(
          toShow: claim, mean: observed.mean, standardDeviation: spread, above: observed.count,
          rule: rule)
      }
      return ReplicateRange(
        fewest: try count(spreads.0), expected: try count(spreads.1), most: try count(spreads.2))
    }
    equivalence = abs(observed.mean) < rule.margin ? try range(for: .equivalence) : nil
    difference = observed.mean == 0 ? nil : try range(for: .difference)
  }

  /// The smallest number above `observed` with the wanted power, by bisection.
  ///
  /// Below the wanted power the power of the equivalence test may fall before it rises; from the
  /// wanted power on it rises with the number, which is what bisection needs.
  static func count(
    toShow claim: Claim, mean: Double, standardDeviation: Double, above observed: Int,
    rule: DecisionRule
  ) throws -> ReplicateCount {
    func suffices(_ replicates: Int) throws -> Bool {
      try Statistics.power(
        toShow: claim, mean: mean, standardDeviation: standardDeviation, replicates: replicates,
        rule: rule) >= power
    }
    guard observed < cap, try suffices(cap) else { return .moreThan(max(observed, cap)) }
    var low = observed
    var high = cap
    // `high` suffices; `low` does not, or is the number already run.
    while high - low > 1 {
      let middle = (low + high) / 2
      if try suffices(middle) { high = middle } else { low = middle }
    }
    return .exactly(high)
  }
}

/// A number of replicates, or the knowledge that it lies beyond what was searched.
package enum ReplicateCount: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// This many replicates.
  case exactly(Int)

  /// More replicates than this.
  case moreThan(Int)

  /// The number in words a report can print, such as `40` or `more than 10000`.
  package var description: String {
    switch self {
    case .exactly(let count): "\(count)"
    case .moreThan(let count): "more than \(count)"
    }
  }
}

/// The replicates that one claim needs, as far as the observed spread tells.
package struct ReplicateRange: Hashable, Sendable, CustomStringConvertible {
  /// At the lower end of the standard deviation's interval.
  package let fewest: ReplicateCount

  /// At the observed standard deviation.
  package let expected: ReplicateCount

  /// At the upper end of the standard deviation's interval.
  package let most: ReplicateCount

  /// The range in words a report can print, such as `6 to 40`.
  package var description: String {
    fewest == most ? "\(fewest)" : "\(fewest) to \(most)"
  }
}
