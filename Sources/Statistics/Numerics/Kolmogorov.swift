import CGSL
import Foundation

/// The law of Kolmogorov's distance D between a continuous distribution and the empirical one of a sample.
package enum Kolmogorov {
  /// The most values for which ``upperTail(distance:count:)`` is exact everywhere.
  package static let largestExactCount = 200

  /// The most values for which Smirnov's sum is formed.
  private static let largestSummedCount = 100_000

  /// P(Dₙ ≥ d) of n independent values.
  ///
  /// Up to `largestExactCount` values 1 − P(Dₙ < d) by powers of Marsaglia, Tsang and Wang's matrix. Where n d² is
  /// large both functions are not that far apart on both sides at once, and p is twice Smirnov's one-sided sum, with
  /// a relative error near exp(−6 n d²): 10⁻¹⁰ from n d² = 4, which counts as exact, and 10⁻⁶ from 2.25, which is
  /// used beyond `largestExactCount`. Below that, and beyond 10⁵ values, it is the limit at
  /// z + 1/(6√n) + (z − 1)/(4n) for z = √n d (Vrbik), within 1 % of the exact p at 200 values and nearer
  /// with more.
  ///
  /// Reference: Marsaglia, Tsang and Wang, "Evaluating Kolmogorov's distribution", Journal of Statistical Software
  /// 8(18), 2003; Simard and L'Ecuyer, "Computing the two-sided Kolmogorov–Smirnov distribution", ibid. 39(11),
  /// 2011; Vrbik, "Small-sample corrections to Kolmogorov–Smirnov test statistic", Pioneer Journal of Theoretical
  /// and Applied Statistics 15, 2018.
  package static func upperTail(distance: Double, count: Int) -> Double {
    let n = Double(count)
    guard distance > 0.5 / n else { return 1 }
    guard distance < 1 else { return 0 }
    let isSmall = count <= largestExactCount
    if count <= largestSummedCount && n * distance * distance >= (isSmall ? 4 : 2.25) {
      return min(1, 2 * oneSidedUpperTail(distance: distance, count: count))
    }
    if isSmall { return max(0, 1 - lowerTail(distance: distance, count: count)) }
    let z = n.squareRoot() * distance
    return limitUpperTail(z + 1 / (6 * n.squareRoot()) + (z - 1) / (4 * n))
  }

  /// P(√n Dₙ ≥ z) as n grows, 2 Σ (−1)ⁱ⁻¹ exp(−2 i² z²), below z = 1 by the other theta series.
  package static func limitUpperTail(_ z: Double) -> Double {
    guard z > 0.1 else { return 1 }
    if z < 1 {
      var sum = 0.0
      for odd in stride(from: 1.0, to: 20, by: 2) {
        sum += exp(-odd * odd * Double.pi * Double.pi / (8 * z * z))
      }
      return 1 - (2 * Double.pi).squareRoot() / z * sum
    }
    var (sum, sign) = (0.0, 2.0)
    for i in 1...10 {
      sum += sign * exp(-2 * Double(i * i) * z * z)
      sign = -sign
    }
    return sum
  }

  /// Smirnov's P(D⁺ ≥ d) = d Σⱼ C(n, j) (d + j/n)ʲ⁻¹ (1 − d − j/n)ⁿ⁻ʲ over j ≤ n (1 − d).
  private static func oneSidedUpperTail(distance: Double, count: Int) -> Double {
    let n = Double(count)
    let last = Int(n * (1 - distance))
    var sum = 0.0
    for j in 0...last {
      let share = Double(j) / n
      let below = Double(j - 1) * log(distance + share)
      let above = Double(count - j) * log(max(0, 1 - distance - share))
      sum += exp(gsl_sf_lnchoose(UInt32(count), UInt32(j)) + below + above)
    }
    return distance * sum
  }

  /// P(Dₙ < d), the middle element of Hⁿ times n!/nⁿ.
  private static func lowerTail(distance: Double, count: Int) -> Double {
    let n = Double(count)
    let k = Int(n * distance) + 1
    var power = ScaledMatrix.marsaglia(size: 2 * k - 1, remainder: Double(k) - n * distance)
    var result: ScaledMatrix?
    var exponent = count
    while exponent > 0 {
      if exponent % 2 == 1 { result = result.map { $0.times(power) } ?? power }
      exponent /= 2
      if exponent > 0 { power = power.times(power) }
    }
    guard let result else { return 0 }
    let middle = result.elements[(k - 1) * result.size + k - 1]
    return middle * exp(result.logScale + gsl_sf_lnfact(UInt32(count)) - n * log(n))
  }
}

/// A square matrix, by rows, times e to `logScale`.
private struct ScaledMatrix {
  let size: Int
  var elements: [Double]
  var logScale = 0.0

  /// Marsaglia, Tsang and Wang's H of size m for n d = k − h, m = 2 k − 1, remainder h.
  static func marsaglia(size: Int, remainder h: Double) -> ScaledMatrix {
    var elements = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0...min(row + 1, size - 1) { elements[row * size + column] = 1 }
    }
    for index in 0..<size {
      elements[index * size] -= pow(h, Double(index + 1))
      elements[(size - 1) * size + index] -= pow(h, Double(size - index))
    }
    if h > 0.5 { elements[(size - 1) * size] += pow(2 * h - 1, Double(size)) }
    for row in 0..<size {
      for column in 0...row {
        elements[row * size + column] /= gsl_sf_fact(UInt32(row - column + 1))
      }
    }
    return ScaledMatrix(size: size, elements: elements)
  }

  /// The product, scaled by its largest element: powers leave the range of a double.
  func times(_ other: ScaledMatrix) -> ScaledMatrix {
    var product = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for inner in 0..<size {
        let factor = elements[row * size + inner]
        guard factor != 0 else { continue }
        for column in 0..<size {
          product[row * size + column] += factor * other.elements[inner * size + column]
        }
      }
    }
    let largest = product.reduce(0) { max($0, abs($1)) }
    return ScaledMatrix(
      size: size, elements: product.map { $0 / largest },
      logScale: logScale + other.logScale + log(largest))
  }
}
