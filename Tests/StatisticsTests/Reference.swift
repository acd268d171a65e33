import Foundation
import Testing

/// The values of `reference.json`, which `reference.py` made with SciPy 1.17.1 and NumPy 2.4.6.
struct Reference: Decodable {
  struct Versions: Decodable {
    let numpy, scipy: String
  }

  struct Distribution: Decodable {
    let upperTail: Double
    let degreesOfFreedom: Int
    let t: Double
  }

  struct Paired: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let treated, control: [Double]
    let margin, alpha, mean, standardDeviation, standardError, lower, upper, t, tPValue: Double
    let equivalencePValue, nonInferiorityPValue: Double
    var differences: [Double] { zip(treated, control).map { $0 - $1 } }
    var testDescription: String { name }
  }

  let versions: Versions
  let distributions: [Distribution]
  let paired: [Paired]

  /// The whole table.
  static func load() throws -> Reference {
    let url = try #require(Bundle.module.url(forResource: "reference", withExtension: "json"))
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }
}

/// Whether two numbers agree to a relative 10⁻⁹ (or absolute, near zero).
func agree(_ ours: Double, _ theirs: Double, tolerance: Double = 1e-9) -> Bool {
  abs(ours - theirs) <= tolerance * max(abs(theirs), 1e-3)
}

/// Whether a count of successes is plausible: within four standard deviations of the expected one.
///
/// Streams are fixed by their paths, so a test that passes once passes always.
func isPlausible(_ successes: Int, of trials: Int, probability: Double) -> Bool {
  let deviation = (Double(trials) * probability * (1 - probability)).squareRoot()
  return abs(Double(successes) - Double(trials) * probability) <= 4 * deviation
}

@Suite struct ReferenceTests {
  @Test func wasMadeWithTheVersionsWeQuote() throws {
    let versions = try Reference.load().versions
    #expect(versions.scipy == "1.17.1")
    #expect(versions.numpy == "2.4.6")
  }

  @Test func agreementFailsOnOtherNumbers() {
    #expect(agree(1 + 5e-10, 1))
    #expect(!agree(1 + 2e-9, 1))
    #expect(!agree(.nan, 1))
    #expect(!agree(1e-11, 0))
  }

  @Test func plausibilityFailsOnOtherProbabilities() {
    #expect(isPlausible(520, of: 1000, probability: 0.5))
    #expect(!isPlausible(570, of: 1000, probability: 0.5))
    #expect(!isPlausible(430, of: 1000, probability: 0.5))
  }
}
