import CGSL

/// Count, mean and spread of a sample, in the sample's unit.
package struct SampleSummary: Hashable, Sendable {
  /// The number of values, at least 2.
  package let count: Int

  /// The arithmetic mean.
  package let mean: Double

  /// The sample standard deviation, s = √(Σ(x − x̄)² / (n − 1)); exactly 0 for equal values.
  package let standardDeviation: Double

  /// The number of independent deviations, n − 1.
  package var degreesOfFreedom: Int { count - 1 }

  /// The standard error of the mean, s / √n.
  package var standardError: Double { standardDeviation / Double(count).squareRoot() }

  /// Summarizes at least two finite values.
  ///
  /// - Throws: `StatisticsError.tooFewValues` or `.valueNotFinite`.
  package init(_ values: [Double]) throws {
    try requireSample(values, atLeast: 2, for: "a standard deviation")
    count = values.count
    // GSL's running mean of equal values is that value to the bit, so their deviation is exactly 0.
    let mean = try GSL.value("a mean") { gsl_stats_mean(values, 1, values.count) }
    self.mean = mean
    standardDeviation = try GSL.value("a standard deviation") {
      gsl_stats_sd_m(values, 1, values.count, mean)
    }
  }
  /// A summary of known count, mean and standard deviation.
  init(count: Int, mean: Double, standardDeviation: Double) {
    self.count = count
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}
