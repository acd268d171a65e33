import Foundation
import Randomness
import Testing

@testable import Recipes

struct CanonicalJSONTests {
  private enum Shape: Codable {
    case none
    case round(radius: Double)
    case pair(Int, [String: Int])
  }

  /// Every kind of value that has an encoding of its own.
  private struct Sample: Codable {
    var numbers: [Double] = [
      0, -0.0, 1, -1, 0.1, 1e16, 1e15, 123456.789, .leastNonzeroMagnitude, 1.7976931348623157e308,
      1e-7, 1e21,
    ]
    var floats: [Float] = [0.1, 3, 1e-10, 16_777_216]
    var integers: [Int] = [.min, -1, 0, .max]
    var small: Int8 = -128
    var seed = UInt64.max
    var narrow: UInt32 = 7
    var flags = [true, false]
    var missing: Int?
    var present: Int? = 3
    var gaps: [Double?] = [nil, 2.5]
    var nothing: [Int] = []
    var empty: [String: Int] = [:]
    var names = ["b": 1, "a": 2, "ä": 3, "B": 4, "a b": 5, "a-b": 6, "a1": 7, "a10": 8, "a2": 9]
    var nested = ["x": [["y": [1, 2]], [:]]]
    var shapes: [Shape] = [.none, .round(radius: 2), .pair(3, ["k": 4])]
    var density = Density.one
    var text = "a/b \"quoted\" \\ \u{7F} é 😀 \u{2028}"
    var controls = String(String.UnicodeScalarView((0..<32).map { Unicode.Scalar($0)! }))
  }

  private func foundation(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }

  @Test func equalsFoundationsEncoder() throws {
    let sample = Sample()
    #expect(
      String(decoding: try CanonicalJSON.encode(sample), as: UTF8.self)
        == String(decoding: try foundation(sample), as: UTF8.self))
    #expect(try CanonicalJSON.encode("text") == foundation("text"))
    #expect(try CanonicalJSON.encode(1.0) == Data("1".utf8))
    #expect(try CanonicalJSON.encode([UInt8(3)]) == Data("[3]".utf8))
  }

  @Test func problemsAreNotTakenForOneAnother() throws {
    let problems = [4, 8, 4].map { units in
      Problem(
        network: .lenet(hidden: [units]),
        dataset: DatasetSpecification(
          source: DatasetSource(.digits), digests: ["00ff"], validation: 144,
          split: StreamPath(seed: 1) / "split",
          normalization: DatasetSource(.digits).defaultNormalization))
    }
    for problem in problems { #expect(try CanonicalJSON.encode(problem) == foundation(problem)) }
    #expect(try CanonicalJSON.encode(problems) == foundation(problems))
  }

  @Test(arguments: [Double.nan, .infinity]) func refusesWhatJSONCannotSay(_ number: Double) {
    #expect(throws: EncodingError.self) { try CanonicalJSON.encode([number]) }
  }
}
