/// What paired differences say about the mean difference, under a rule fixed before the run.
///
/// Read from the (1 − 2α) t-interval of the mean: strictly inside (−m, m) is *maintained*; else,
/// zero excluded, *lowered* or *raised*; else *undecided*. Where the true mean lies at a margin,
/// *maintained* comes with a chance of at most α; where it is zero, *lowered* and *raised* come
/// together with a chance of at most 2α. Where all differences are equal the interval is the point.
package enum Verdict: Hashable, Sendable {
  /// The mean difference lies within the margin.
  case maintained

  /// The mean difference is below zero and not shown to lie within the margin.
  case lowered

  /// The mean difference is above zero and not shown to lie within the margin.
  case raised

  /// Neither was shown; `needed` tells what could be, `nil` where fewer than two replicates ran.
  case undecided(needed: ReplicatesNeeded?)

  /// Decides on paired differences, treated minus control, in the rule's unit.
  ///
  /// - Throws: `StatisticsError.valueNotFinite` or `.gsl`.
  package init(differences: [Double], rule: DecisionRule) throws {
    guard differences.count >= 2 else {
      try requireSample(differences, atLeast: 0, for: "the verdict")
      self = .undecided(needed: nil)
      return
    }
    let summary = try SampleSummary(differences)
    let interval = try summary.meanInterval(level: rule.intervalLevel)
    self =
      try Self.decided(by: interval, margin: rule.margin)
      ?? .undecided(needed: ReplicatesNeeded(observed: summary, rule: rule))
  }

  /// The verdict that an interval of the mean gives; `nil` where it decides nothing.
  static func decided(by interval: Interval, margin: Double) -> Verdict? {
    if interval.isStrictlyWithin(margin) { return .maintained }
    if interval.upper < 0 { return .lowered }
    if interval.lower > 0 { return .raised }
    return nil
  }
}
