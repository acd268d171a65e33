import CGSL
import Foundation

/// Hedges' g: a mean difference in standard deviations, without the bias of small samples.
///
/// Paired, d = d̄ / s with s the standard deviation of differences, ν = n − 1 and t = d √n. Of two samples,
/// d = (x̄ − ȳ) / s with s pooled, ν = n + m − 2 and t = d √(nm / (n + m)). Then
///
///     g = J d,  J = Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)).
///
/// The interval is that of the true effect δ: t has the noncentral t law with ν degrees of freedom and
/// noncentrality δ times t / d, and the interval's ends are those δ at which the observed t is at either
/// quantile. It is exact where values are independent and normal, and those of two samples vary alike.
///
/// References: Hedges, "Distribution theory for Glass's estimator of effect size and related estimators",
/// Journal of Educational Statistics 6(2), 1981; Steiger and Fouladi, "Noncentrality interval estimation and
/// the evaluation of statistical models", in "What if there were no significance tests?", Erlbaum, 1997.
package struct HedgesG: Hashable, Sendable {
  /// g, in standard deviations.
  package let estimate: Double

  /// The degrees of freedom, ν.
  package let degreesOfFreedom: Int

  /// t.
  private let t: Double

  /// t / d.
  private let scale: Double

  /// The effect of at least three paired differences: at two J is 0.
  ///
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite`, or `.parameterOutside` where all are equal.
  package init(differences: [Double]) throws {
    try requireSample(differences, atLeast: 3, for: "Hedges' g")
    let summary = try SampleSummary(differences)
    try self.init(
      difference: summary.mean, deviation: summary.standardDeviation,
      degreesOfFreedom: summary.degreesOfFreedom, scale: Double(summary.count).squareRoot())
  }

  /// The effect of two independent samples of at least two values each.
  ///
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite`, or `.parameterOutside` where neither varies.
  package init(treated: [Double], control: [Double]) throws {
    let (first, second) = (try SampleSummary(treated), try SampleSummary(control))
    let freedom = first.degreesOfFreedom + second.degreesOfFreedom
    let squares = [first, second].reduce(0) {
      $0 + Double($1.degreesOfFreedom) * $1.standardDeviation * $1.standardDeviation
    }
    let (n, m) = (Double(first.count), Double(second.count))
    try self.init(
      difference: first.mean - second.mean, deviation: (squares / Double(freedom)).squareRoot(),
      degreesOfFreedom: freedom, scale: (n * m / (n + m)).squareRoot())
  }

  private init(difference: Double, deviation: Double, degreesOfFreedom: Int, scale: Double) throws {
    guard deviation > 0 else {
      throw StatisticsError.parameterOutside(
        name: "the standard deviation that Hedges' g divides by", value: deviation,
        allowed: "above 0")
    }
    self.degreesOfFreedom = degreesOfFreedom
    self.scale = scale
    let half = Double(degreesOfFreedom) / 2
    let correction = exp(lgamma(half) - lgamma(half - 0.5)) / half.squareRoot()
    estimate = correction * difference / deviation
    t = scale * difference / deviation
  }

  /// The interval of the true effect δ, in standard deviations.
  ///
  /// - Parameter level: the confidence level, strictly between 0 and 1.
  /// - Throws: `StatisticsError.parameterOutside` for another level.
  package func interval(level: Double) throws -> Interval {
    try requireLevel(level)
    let tail = (1 - level) / 2
    let ends = try [1 - tail, tail].map {
      try NoncentralT.noncentrality(
        lowerTail: $0, at: t, degreesOfFreedom: Double(degreesOfFreedom)) / scale
    }
    return Interval(lower: ends[0], upper: ends[1])
  }
}
