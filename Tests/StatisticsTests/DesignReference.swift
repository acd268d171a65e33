import Foundation
import Statistics
import Testing

/// The values of `designs.json`, which `designs.py` made with SciPy 1.17.1, statsmodels 0.15.0 and
/// scikit-learn 1.9.1.
struct DesignReference: Decodable {
  struct Versions: Decodable {
    let numpy, scipy, statsmodels, scikitLearn: String
  }

  struct Correlation: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let x, y: [Double]
    let statistic, pValue: Double
    var testDescription: String { name }
  }

  struct SignedRank: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let differences: [Double]
    let rankSum, pValue: Double
    var testDescription: String { name }
  }

  struct Friedman: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let blocks: [[Double]]
    let chiSquare, chiSquarePValue, fRatio, pValue: Double
    let pairs: [Double]
    var testDescription: String { name }
  }

  struct Repeated: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let replicates: [[Double]]
    let fRatio, epsilon, sphericalPValue, pValue: Double
    var testDescription: String { name }
  }

  struct Design: Decodable, Sendable, CustomTestStringConvertible {
    struct Factor: Decodable, Sendable {
      let name: String
      let levels: Int
      let within: [String]
    }
    struct Component: Decodable, Sendable {
      let variance, lower, upper: Double
    }
    let name: String
    let factors: [Factor]
    let values, meanSquares: [Double]
    let level: Double
    let degreesOfFreedom: [Int]
    let components: [Component]
    var testDescription: String { name }
  }

  struct Effect: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let treated: [Double]
    let control: [Double]?
    let level, estimate, lower, upper: Double
    var testDescription: String { name }
  }

  struct Isotonic: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let values, weights, fitted: [Double]
    let rising: Bool
    var testDescription: String { name }
  }

  struct Broken: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let x: [Double]
    let replicates: [[Double]]
    let level, breakpoint, before, after, lower, upper: Double
    var testDescription: String { name }
  }

  let versions: Versions
  let spearman, kendall: [Correlation]
  let signedRanks: [SignedRank]
  let friedman: [Friedman]
  let repeated: [Repeated]
  let components: [Design]
  let hedges: [Effect]
  let isotonic: [Isotonic]
  let broken: [Broken]

  /// The whole table.
  static func load() throws -> DesignReference {
    let url = try #require(Bundle.module.url(forResource: "designs", withExtension: "json"))
    return try JSONDecoder().decode(DesignReference.self, from: Data(contentsOf: url))
  }
}

@Suite struct DesignReferenceTests {
  @Test func wasMadeWithTheVersionsWeQuote() throws {
    let versions = try DesignReference.load().versions
    #expect(versions.numpy == "2.4.6")
    #expect(versions.scipy == "1.17.1")
    #expect(versions.statsmodels == "0.15.0")
    #expect(versions.scikitLearn == "1.9.1")
  }
}
