import Foundation
import Testing

/// The values of `claims.json`, which `claims.py` made with SciPy 1.17.1, NumPy 2.4.6 and statsmodels 0.15.0.
struct ClaimReference: Decodable {
  struct Versions: Decodable {
    let numpy, scipy, statsmodels: String
  }

  struct Failure: Decodable, Sendable {
    let failures, runs: Int
    let level, lower, upper: Double
  }

  struct Signs: Decodable, Sendable {
    let differences: [Double]
    let pValue: Double
  }

  struct McNemar: Decodable, Sendable {
    let treated, control: [Bool]
    let pValue: Double
  }

  struct Skewness: Decodable, Sendable {
    let sample: [Double]
    let value: Double
  }

  struct Crossed: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let differences: [[Int]]
    let level, replicates, examples, residual, degreesOfFreedom, lower, upper: Double
    var testDescription: String { name }
  }

  struct Holm: Decodable, Sendable {
    let pValues, adjusted: [Double]
  }

  let versions: Versions
  let failures: [Failure]
  let signs: [Signs]
  let mcnemar: [McNemar]
  let skewness: [Skewness]
  let crossed: [Crossed]
  let holm: [Holm]

  /// The whole table.
  static func load() throws -> ClaimReference {
    let url = try #require(Bundle.module.url(forResource: "claims", withExtension: "json"))
    return try JSONDecoder().decode(ClaimReference.self, from: Data(contentsOf: url))
  }
}

@Suite struct ClaimReferenceTests {
  @Test func wasMadeWithTheVersionsWeQuote() throws {
    let versions = try ClaimReference.load().versions
    #expect(versions.scipy == "1.17.1")
    #expect(versions.numpy == "2.4.6")
    #expect(versions.statsmodels == "0.15.0")
  }
}
