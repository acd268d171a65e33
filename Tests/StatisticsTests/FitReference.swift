import Foundation
import Testing

/// The values of `fits.json`, which `fits.py` made with SciPy 1.17.1 and NumPy 2.4.6.
struct FitReference: Decodable {
  struct Fit: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let x, y: [Double]
    let slope, intercept, slopeError, interceptError, rSquared: Double
    var testDescription: String { name }
  }

  struct Threshold: Decodable, Sendable {
    let sizes: [Int]
    let sigmas: [Double]
    let kept: Int
    let threshold: Double
    let expected: [Double]
  }

  struct Empty: Decodable, Sendable {
    let sizes: [Int]
    let kept: Int
    let probabilities: [Double]
  }

  let versions: Reference.Versions
  let fits: [Fit]
  let thresholds: [Threshold]
  let empty: [Empty]

  /// The whole table.
  static func load() throws -> FitReference {
    let url = try #require(Bundle.module.url(forResource: "fits", withExtension: "json"))
    return try JSONDecoder().decode(FitReference.self, from: Data(contentsOf: url))
  }
}
