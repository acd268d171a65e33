import Foundation
import Recipes

extension SortedWeights {
  /// What the weights look like; `nil` for none.
  ///
  /// - Parameters:
  ///   - scale: of the histogram; `nil` for none.
  ///   - isOneLayer: whether they may be compared with a Gaussian.
  func group(scale: Double?, isOneLayer: Bool = true) -> WeightStatistics.Group? {
    guard let least = values.first, let most = values.last else { return nil }
    let moments = CentralMoments(of: values)
    let deviation = moments.standardDeviation
    return WeightStatistics.Group(
      count: count, zeros: values.count { $0 == 0 }, mean: moments.mean, minimum: Double(least),
      maximum: Double(most), quantiles: WeightStatistics.levels.map(quantile),
      norm: moments.squares.squareRoot(), standardDeviation: deviation,
      skewness: moments.skewness, excessKurtosis: moments.excessKurtosis,
      gaussian: isOneLayer ? deviation.flatMap { gaussian(moments.mean, $0) } : nil,
      histogram: scale.map(histogram))
  }

  /// How far the weights lie from the Gaussian with this mean and deviation, which are their own.
  ///
  /// With u = Φ((w₍ᵢ₎ − w̄)/s), A² = −n − (1/n) Σ ((2i − 1) ln u + (2(n − i) + 1) ln(1 − u)), summed so that what
  /// cancels, cancels term by term: ten million weights leave an A² of 0.3 with six digits.
  private func gaussian(_ mean: Double, _ deviation: Double) -> WeightStatistics.GaussianDistance? {
    guard count >= 8, deviation > 0 else { return nil }
    let n = Double(count)
    var (distance, statistic) = (0.0, 0.0)
    values.withUnsafeBufferPointer { values in
      for index in values.indices {
        let tail = GaussianTail(beyond: (Double(values[index]) - mean) / deviation)
        let below = Double(index) / n
        let above = below + 1 / n
        distance = max(distance, above - tail.cumulative, tail.cumulative - below)
        statistic -= 1 + (below + above) * tail.logBelow + (2 - below - above) * tail.logAbove
      }
    }
    return WeightStatistics.GaussianDistance(distance: distance, statistic: statistic)
  }
}

/// Φ(y) and the logarithms of Φ(y) and 1 − Φ(y), each to the last digits.
struct GaussianTail {
  /// Φ(y).
  let cumulative: Double
  /// ln Φ(y) and ln(1 − Φ(y)).
  let logBelow, logAbove: Double

  /// The tails on both sides of `y`.
  init(beyond y: Double) {
    let z = abs(y) / 2.0.squareRoot()
    let small = erfc(z) / 2
    let logSmall = z < 25 ? log(small) : Self.asymptotic(z)
    let logLarge = log1p(-small)
    cumulative = y < 0 ? small : 1 - small
    (logBelow, logAbove) = y < 0 ? (logSmall, logLarge) : (logLarge, logSmall)
  }

  /// ln(erfc(z) / 2) where erfc itself is near the least number there is.
  private static func asymptotic(_ z: Double) -> Double {
    let inverse = 1 / (2 * z * z)
    return -z * z - log(2 * z * Double.pi.squareRoot())
      + log1p(-inverse * (1 - 3 * inverse * (1 - 5 * inverse)))
  }
}

/// Mean and central moments of weights, summed in float64.
struct CentralMoments {
  /// The mean; exactly the weights where all are equal, 0 of none.
  let mean: Double
  /// Σ w².
  let squares: Double
  private let count: Int
  /// Σ (w − w̄)ᵏ / n.
  private let second, third, fourth: Double

  /// The moments of `weights`, in any order.
  init(of weights: [Float]) {
    count = weights.count
    let first = Double(weights.first ?? 0)
    let n = Double(max(1, count))
    var (sum, squares) = (0.0, 0.0)
    // Differences from one of them are exactly zero where all are equal.
    for weight in weights {
      sum += Double(weight) - first
      squares += Double(weight) * Double(weight)
    }
    let mean = first + sum / n
    var (rest, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
    for weight in weights {
      let deviation = Double(weight) - mean
      let square = deviation * deviation
      rest += deviation
      second += square
      third += square * deviation
      fourth += square * square
    }
    self.mean = mean
    self.squares = squares
    self.second = (second - rest * rest / n) / n
    (self.third, self.fourth) = (third / n, fourth / n)
  }

  /// With n − 1; `nil` of fewer than two weights.
  var standardDeviation: Double? {
    count < 2 ? nil : (second * Double(count) / Double(count - 1)).squareRoot()
  }

  /// m₃ / m₂^³ᐟ²; `nil` of equal weights.
  var skewness: Double? { second > 0 ? third / (second * second.squareRoot()) : nil }

  /// m₄ / m₂² − 3; `nil` of equal weights.
  var excessKurtosis: Double? { second > 0 ? fourth / (second * second) - 3 : nil }
}
