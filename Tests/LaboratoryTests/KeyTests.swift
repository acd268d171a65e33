import Foundation
import Testing

@testable import Laboratory

struct KeyTests {
  // Computed with Python's hashlib and struct from the encoding that `Artifact.key` documents.
  static let parentKey = "5ffeb196201f4b85645902210b102161347306c242479969ae05438c40ba190a"
  static let maskKey = "2b88fa2ffc711687c3f446aafb9ebae215b78801591b341005705bc312b98c1e"
  static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  let parent = Artifact(
    kind: "training", schema: 1, recipe: Data(#"{"steps":100}"#.utf8), label: "dense")

  func mask(
    kind: String = "mask", schema: Int = 2, recipe: String = #"{"density":"1/5"}"#,
    inputs: [String: Key]? = nil, label: String = "mask", cost: Double = 1
  ) throws -> Artifact {
    let scores = try #require(Key(KeyTests.abc))
    return Artifact(
      kind: kind, schema: schema, recipe: Data(recipe.utf8),
      inputs: inputs ?? ["weights": parent.key, "scores": scores], label: label, cost: cost)
  }

  @Test func equalsAnIndependentComputation() throws {
    #expect(parent.key.description == KeyTests.parentKey)
    #expect(try mask().key.description == KeyTests.maskKey)
  }

  @Test func everyPartMatters() throws {
    let scores = try #require(Key(KeyTests.abc))
    let keys = [
      try mask(), try mask(kind: "masks"), try mask(schema: 3),
      try mask(recipe: #"{"density":"1/4"}"#), try mask(inputs: [:]),
      try mask(inputs: ["weights": parent.key]),
      try mask(inputs: ["weights": scores, "scores": parent.key]),
      try mask(inputs: ["weight": parent.key, "scores": scores]),
    ].map(\.key)
    #expect(Set(keys).count == keys.count)
  }

  @Test func labelAndCostDoNotMatter() throws {
    #expect(try mask(label: "another", cost: 9).key == mask().key)
  }

  @Test func partsCannotRunTogether() {
    let key = { (kind: String, recipe: String) in
      Artifact(kind: kind, schema: 1, recipe: Data(recipe.utf8), label: "").key
    }
    #expect(key("ab", "c") != key("a", "bc"))
    #expect(key("a1", "") != key("a", "1"))
  }

  @Test(arguments: ["", "abc", abc.uppercased(), abc + "0", String(abc.dropLast()) + "g"])
  func rejectsWhatIsNotADigest(_ text: String) { #expect(Key(text) == nil) }

  @Test func isAStringInJSON() throws {
    let key = try #require(Key(KeyTests.abc))
    let bytes = try JSONEncoder().encode([key])
    #expect(String(decoding: bytes, as: UTF8.self) == "[\"\(KeyTests.abc)\"]")
    #expect(try JSONDecoder().decode([Key].self, from: bytes) == [key])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Key].self, from: Data(#"["abc"]"#.utf8))
    }
  }

  @Test func ordersAsText() throws {
    let low = try #require(Key(String(repeating: "0", count: 64)))
    let high = try #require(Key(String(repeating: "f", count: 64)))
    #expect(low < high)
  }
}
