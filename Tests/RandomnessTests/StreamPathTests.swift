import Foundation
import Randomness
import Testing

@Suite struct StreamPathTests {
  @Test func rendersItsComponentsInOrder() {
    let path = StreamPath(seed: 1) / "replicate 3" / "initialization" / "fc.weight"
    #expect(path.description == "seed 1 / replicate 3 / initialization / fc.weight")
    #expect(StreamPath(seed: .max).description == "seed 18446744073709551615")
  }

  @Test func escapesWhatCouldBeMistakenForStructure() {
    let root = StreamPath(seed: 0)
    #expect((root / "a / b").description == #"seed 0 / a \/ b"#)
    #expect((root / #"\"#).description == #"seed 0 / \\"#)
    #expect((root / "é\n").description == #"seed 0 / \u{e9}\u{a}"#)
    // Composed and decomposed é are equal strings of different bytes; here they differ throughout.
    #expect(root / "e\u{301}" != root / "\u{e9}")
  }

  @Test func differentListsOfComponentsNeverCollideAndReadBack() throws {
    let components = [
      "", " ", "a", "/", " /", "/ ", " / ", #"\"#, #"\/"#, #"\u{2f}"#, "é", "a / a",
    ]
    var lists: [[String]] = [[]]
    for _ in 0..<3 {
      lists += lists.flatMap { list in components.map { list + [$0] } }
    }
    var listsByPath: [String: [String]] = [:]
    for list in Set(lists) {
      let path = list.reduce(StreamPath(seed: 7)) { $0 / $1 }
      #expect(listsByPath.updateValue(list, forKey: path.description) == nil)
      #expect(StreamPath(path.description) == path)
    }
    #expect(listsByPath.count == 1 + 12 + 12 * 12 + 12 * 12 * 12)
  }

  @Test(arguments: [
    "", "seed", "seed ", "seed -1", "seed 01", "seed +1", "seed 18446744073709551616", "Seed 1",
    "seed 1/ a", "seed 1 /a", "seed 1 / é", #"seed 1 / \x"#, #"seed 1 / \u{61}"#, #"seed 1 / \"#,
    #"seed 1 / \u{d800}"#, #"seed 1 / \u{e9"#, #"seed 1 / \u{E9}"#, "replicate 3 / seed 1",
  ])
  func refusesEverySpellingButTheCanonicalOne(text: String) {
    #expect(StreamPath(text) == nil)
  }

  @Test func isCodedAsItsSpelling() throws {
    let path = StreamPath(seed: 2) / "data order" / "epoch 4"
    let data = try JSONEncoder().encode([path])
    let texts = try JSONDecoder().decode([String].self, from: data)
    #expect(texts == ["seed 2 / data order / epoch 4"])
    #expect(try JSONDecoder().decode([StreamPath].self, from: data) == [path])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([StreamPath].self, from: Data(#"["seed 2 /x"]"#.utf8))
    }
  }
}
