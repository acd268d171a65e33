extension SampleSummary {
  /// Student's confidence interval of the mean, x̄ ± t₍₁₊level₎/₂,ₙ₋₁ · s / √n.
  ///
  /// It is the point x̄ where all values are equal.
  ///
  /// - Parameter level: the confidence level, strictly between 0 and 1.
  /// - Returns: the interval, in the sample's unit.
  /// - Throws: `StatisticsError.parameterOutside` for another level.
  package func meanInterval(level: Double) throws -> Interval {
    try requireLevel(level)
    let t = try StudentT.quantile(
      upperTail: (1 - level) / 2, degreesOfFreedom: degreesOfFreedom)
    return Interval(lower: mean - t * standardError, upper: mean + t * standardError)
  }
}
