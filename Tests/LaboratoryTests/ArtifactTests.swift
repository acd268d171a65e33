import Foundation
import Testing

@testable import Laboratory

struct ArtifactTests {
  @Test func survivesJSONToTheByte() throws {
    // Numbers and escapes that a decoder would spell anew.
    let recipe = #"{"a":1.50,"b":1e-3,"c":"\u00e9 / \"é\"","d":[ ]}"#
    let parent = artifact("parent")
    let before = artifact("é\n", recipe, inputs: [parent], kind: "k", cost: 2.5)
    let after = try JSONDecoder().decode(Artifact.self, from: JSONEncoder().encode(before))
    #expect(after == before)
    #expect(after.key == before.key)
    #expect(after.recipe == Data(recipe.utf8))
  }
}
