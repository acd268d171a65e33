import Experiments
import Foundation
import Recipes
import Testing

@Suite("Act")
struct ActTests {
  @Test("both lanes list the same kinds in the same order")
  func lanes() {
    #expect(Acts.all.map { $0.kind } == Works.all.map { $0.kind })
    #expect(Acts.all.map { ObjectIdentifier($0) } == Works.all.map { ObjectIdentifier($0) })
  }

  /// The recipes among `names` that no test of `sources` makes.
  private func unmade(_ names: [String], in sources: [String]) -> [String] {
    names.filter { name in !sources.contains { $0.contains(" \(name)(") } }
  }

  @Test(
    "every kind has an outcome here that is known; images have theirs in ImageRunTests, repetitions in OwnEngineTests"
  )
  func outcomes() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let sources = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix("BehaviourTests.swift") }
      .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
    #expect(unmade(["ScoresRecipe", "NoRecipe"], in: sources) == ["NoRecipe"])
    #expect(unmade(Works.all.map { "\($0)" }, in: sources) == ["ImagesRecipe", "RepetitionRecipe"])
  }
}
