import Foundation
import Recipes
import Testing

/// What weights.py made with NumPy and SciPy; the versions are in the file.
struct WeightReference: Decodable {
  struct Group: Decodable {
    let count, zeros: Int
    let mean, minimum, maximum, norm: Double
    let quantiles: [Double]
    let standardDeviation, skewness, excessKurtosis: Double?
    let gaussian: WeightStatistics.GaussianDistance?
    let counts: [Int]
    let below, above: Int
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let shape: [Int]
    let start, end: [Float]
    let mask: [UInt8]
    let scale: Double
    let keptAtStart, prunedAtStart, keptAtEnd, prunedAtEnd: Group
    let distanceAtStart, distanceAtEnd, statisticAtStart, statisticAtEnd: Double
    let movement: WeightStatistics.Movement
    let singularValues: [Double]

    var testDescription: String { name }
  }

  let cases: [Case]

  static func load() throws -> [Case] {
    let file = try #require(Bundle.module.url(forResource: "weights", withExtension: "json"))
    return try JSONDecoder().decode(WeightReference.self, from: Data(contentsOf: file)).cases
  }
}

/// Whether two numbers agree to `tolerance` of the larger, or of 1.
func agree(_ one: Double?, _ other: Double?, tolerance: Double = 1e-10) -> Bool {
  guard let one, let other else { return one == nil && other == nil }
  return abs(one - other) <= tolerance * max(1, abs(one), abs(other))
}

/// What of `found` is not what the reference has.
func differences(_ found: WeightStatistics.Group?, _ expected: WeightReference.Group) -> [String] {
  guard let found else { return ["nothing"] }
  let numbers: [(String, Double?, Double?)] =
    [
      ("mean", found.mean, expected.mean), ("minimum", found.minimum, expected.minimum),
      ("maximum", found.maximum, expected.maximum), ("norm", found.norm, expected.norm),
      ("sd", found.standardDeviation, expected.standardDeviation),
      ("skewness", found.skewness, expected.skewness),
      ("kurtosis", found.excessKurtosis, expected.excessKurtosis),
      ("D", found.gaussian?.distance, expected.gaussian?.distance),
      ("A²", found.gaussian?.statistic, expected.gaussian?.statistic),
    ] + zip(found.quantiles, expected.quantiles).map { ("quantile", $0, $1) }
  let counts = [found.count, found.zeros, found.histogram?.below, found.histogram?.above]
  return numbers.filter { !agree($0.1, $0.2, tolerance: 1e-9) }.map { "\($0)" }
    + (counts == [expected.count, expected.zeros, expected.below, expected.above] ? [] : ["counts"])
    + (found.histogram?.counts == expected.counts ? [] : ["histogram"])
}
