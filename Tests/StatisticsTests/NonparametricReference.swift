import Foundation
import Testing

/// The values of `nonparametric.json`, which `nonparametric.py` made with SciPy 1.17.1, NumPy 2.4.6,
/// statsmodels 0.15.0 and mpmath 1.3.0.
struct NonparametricReference: Decodable {
  struct Overlap: Decodable, Sendable {
    let population, first, second, overlap, lower, upper: Int
    let mean, variance, logProbability, logPValue: Double
  }

  struct Tail: Decodable, Sendable {
    let population, first, second, overlap: Int
    let logProbability, logUpperTail: Double
  }

  struct Fisher: Decodable, Sendable {
    let table: [Int]
    let pValue: Double
  }

  struct OneSample: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let values: [Double]
    let mean, standardDeviation, statistic, pValue: Double
    var testDescription: String { name }
  }

  struct Distance: Decodable, Sendable {
    let count: Int
    let distance, upperTail: Double
  }

  struct Limit: Decodable, Sendable {
    let z, upperTail: Double
  }

  struct TwoSamples: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let first, second: [Double]
    let statistic, pValue: Double
    var testDescription: String { name }
  }

  struct Normality: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let values: [Double]
    let statistic, pValue: Double
    var testDescription: String { name }
  }

  struct Samples: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let samples: [[Double]]
    let statistic, pValue: Double
    var testDescription: String { name }
  }

  struct Permutation: Decodable, Sendable {
    let first, second: [Double]
    let pValue: Double
  }

  struct Discovery: Decodable, Sendable {
    let values, adjusted: [Double]
  }

  let versions: Reference.Versions
  let overlaps: [Overlap]
  let tails: [Tail]
  let fisher: [Fisher]
  let oneSample: [OneSample]
  let kolmogorov: [Distance]
  let limit: [Limit]
  let twoSamples: [TwoSamples]
  let normality: [Normality]
  let samples: [Samples]
  let paired, groups: [Permutation]
  let discovery: [Discovery]

  /// The whole table.
  static func load() throws -> NonparametricReference {
    let url = try #require(
      Bundle.module.url(forResource: "nonparametric", withExtension: "json"))
    return try JSONDecoder().decode(NonparametricReference.self, from: Data(contentsOf: url))
  }
}

@Suite struct NonparametricReferenceTests {
  @Test func wasMadeWithTheVersionsWeQuote() throws {
    let versions = try NonparametricReference.load().versions
    #expect(versions.scipy == "1.17.1" && versions.numpy == "2.4.6")
  }
}
