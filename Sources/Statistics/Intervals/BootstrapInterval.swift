import CGSL
package import Randomness

/// The bias-corrected and accelerated bootstrap interval (BCa) of any statistic of a sample.
///
/// The ends are the quantiles of the resampled statistics at
///
///     Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z))),  z = ∓Φ⁻¹((1 + level) / 2),
///
/// where z₀ = Φ⁻¹(share of resampled statistics below the sample's; ties count half) and the
/// acceleration a comes from the jackknife. Where all resampled statistics lie on one side, the
/// share is taken as half a resample away from 0 or 1, so that z₀ stays finite. A sample of equal
/// values has the point as its interval and draws nothing.
///
/// Reference: Efron and Tibshirani, "An Introduction to the Bootstrap", Chapman & Hall, 1993,
/// equations 14.9, 14.10, 14.14 and 14.15.
///
/// - Parameters:
///   - sample: at least two finite values.
///   - level: the confidence level, strictly between 0 and 1.
///   - resamples: how many resamples to draw, at least 100; 10,000 leave little noise at 95 %.
///   - stream: where the resamples come from; `sample.count` draws for each.
///   - statistic: a function of a sample that is finite for every resample, the jackknife's
///     samples of one value less included.
/// - Returns: the interval, in the statistic's unit.
/// - Throws: `StatisticsError`, or what `statistic` throws.
package func bootstrapInterval(
  _ sample: [Double], level: Double, resamples: Int, stream: inout RandomStream,
  of statistic: ([Double]) throws -> Double
) throws -> Interval {
  try requireSample(sample, atLeast: 2, for: "a bootstrap interval")
  try requireLevel(level)
  guard resamples >= 100 else {
    throw StatisticsError.parameterOutside(
      name: "the number of bootstrap resamples", value: Double(resamples), allowed: "at least 100")
  }
  if sample.allSatisfy({ $0 == sample[0] }) {
    let point = try statistic(sample)
    try requireSample([point], atLeast: 1, for: "the bootstrapped statistic")
    return Interval(lower: point, upper: point)
  }
  var resample = sample
  var replications: [Double] = []
  for _ in 0..<resamples {
    for index in resample.indices { resample[index] = sample[stream.integer(below: sample.count)] }
    replications.append(try statistic(resample))
  }
  return try biasCorrectedInterval(sample, level: level, replications: replications, of: statistic)
}

/// The BCa interval from resampled statistics that are already there.
func biasCorrectedInterval(
  _ sample: [Double], level: Double, replications: [Double],
  of statistic: ([Double]) throws -> Double
) throws -> Interval {
  try requireSample(replications, atLeast: 1, for: "the bootstrapped statistic")
  let observed = try statistic(sample)
  let below = replications.count { $0 < observed }
  let tied = replications.count { $0 == observed }
  let total = Double(replications.count)
  let share = (Double(below) + Double(tied) / 2) / total
  let bias = try StandardNormal.quantile(
    lowerTail: min(max(share, 0.5 / total), 1 - 0.5 / total))
  let acceleration = try jackknifeAcceleration(sample, of: statistic)

  let sorted = replications.sorted()
  func end(lowerTail: Double) throws -> Double {
    let shifted = bias + (try StandardNormal.quantile(lowerTail: lowerTail))
    let denominator = 1 - acceleration * shifted
    // Beyond the pole the transformation would turn back; its limit there is the extreme quantile.
    let corrected = denominator > 0 ? shifted / denominator : shifted * .infinity
    let position = StandardNormal.lowerTail(bias + corrected)
    return try GSL.value("the quantile at \(position)") {
      gsl_stats_quantile_from_sorted_data(sorted, 1, sorted.count, position)
    }
  }
  let tail = (1 - level) / 2
  return Interval(lower: try end(lowerTail: tail), upper: try end(lowerTail: 1 - tail))
}

/// The acceleration a = Σ(θ̄ − θᵢ)³ / (6 (Σ(θ̄ − θᵢ)²)^³ᐟ²), θᵢ being the statistic without value i.
///
/// 0 where leaving a value out never changes the statistic.
func jackknifeAcceleration(
  _ sample: [Double], of statistic: ([Double]) throws -> Double
) throws -> Double {
  let leftOut = try sample.indices.map { index in
    var rest = sample
    rest.remove(at: index)
    return try statistic(rest)
  }
  try requireSample(leftOut, atLeast: 2, for: "the jackknifed statistic")
  let mean = try GSL.value("a mean") { gsl_stats_mean(leftOut, 1, leftOut.count) }
  let squares = leftOut.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  let cubes = leftOut.reduce(0) { sum, value in
    let deviation = mean - value
    return sum + deviation * deviation * deviation
  }
  return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
}
