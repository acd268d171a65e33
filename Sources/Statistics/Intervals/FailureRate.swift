/// How many of an arm's runs failed, and how often runs like them may fail.
///
/// The bounds are Clopper and Pearson's, exact for every rate: with k of n failed, the interval's ends are the
/// quantiles (1 − level)/2 of Beta(k, n − k + 1) and (1 + level)/2 of Beta(k + 1, n − k), and 0 or 1 where k is
/// 0 or n. Of eight runs none failed: up to 1 − 0.025^⅛ = 36.9 % may, at 95 %.
///
/// Reference: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the
/// binomial", Biometrika 26(4), 1934.
package struct FailureRate: Hashable, Sendable {
  /// The number of runs that failed, k.
  package let failures: Int

  /// The number of runs, n, at least 1.
  package let runs: Int

  /// The share that failed, k / n.
  package var share: Double { Double(failures) / Double(runs) }

  /// `failures` of `runs` runs.
  ///
  /// - Throws: `StatisticsError.tooFewValues` for no run, `.parameterOutside` for more failures than runs or
  ///   fewer than none.
  package init(failures: Int, runs: Int) throws {
    guard runs >= 1 else {
      throw StatisticsError.tooFewValues(statistic: "a failure rate", needed: 1, given: runs)
    }
    guard (0...runs).contains(failures) else {
      throw StatisticsError.parameterOutside(
        name: "the number of failures", value: Double(failures), allowed: "from 0 to \(runs)")
    }
    self.failures = failures
    self.runs = runs
  }

  /// The two-sided interval of the rate.
  ///
  /// - Parameter level: the confidence level, strictly between 0 and 1.
  /// - Returns: fractions between 0 and 1; they hold the rate at least as often as `level` says.
  /// - Throws: `StatisticsError.parameterOutside` for another level.
  package func interval(level: Double) throws -> Interval {
    try requireLevel(level)
    let tail = (1 - level) / 2
    return Interval(lower: try lowerBound(level: 1 - tail), upper: try upperBound(level: 1 - tail))
  }

  /// The one-sided bound below which the rate lies; at (1 + level)/2 the upper end of ``interval(level:)``.
  ///
  /// - Parameter level: the confidence level, strictly between 0 and 1.
  /// - Returns: a fraction; the rate lies above it in at most 1 − level of cases.
  /// - Throws: `StatisticsError.parameterOutside` for another level.
  package func upperBound(level: Double) throws -> Double {
    try requireLevel(level)
    guard failures < runs else { return 1 }
    return try Beta.quantile(
      lowerTail: level, Double(failures + 1), Double(runs - failures))
  }

  /// The one-sided bound above which the rate lies, by symmetry.
  ///
  /// - Parameter level: the confidence level, strictly between 0 and 1.
  /// - Throws: `StatisticsError.parameterOutside` for another level.
  package func lowerBound(level: Double) throws -> Double {
    try requireLevel(level)
    guard failures > 0 else { return 0 }
    return try Beta.quantile(
      lowerTail: 1 - level, Double(failures), Double(runs - failures + 1))
  }
}
