import Digests
import Foundation
import Testing

@testable import Laboratory

struct StatementTests {
  let key = Key(Digest.sha256(of: Data("results".utf8)))

  private func statement(_ text: String, _ present: Int) -> Statement {
    Statement(text: text, present: present, results: 8)
  }

  @Test func areKeptInTheirOrderAndOnlyWhereTheyDiffer() throws {
    let scratch = try Scratch()
    #expect(try scratch.store.statements(about: key) == [])
    let first = statement(#"{"margin":1}"#, 0)
    let second = statement(#"{"margin":5}"#, 8)
    for next in [first, statement(first.text, 3), second, statement(second.text, 8)] {
      try scratch.store.state(next, about: key)
    }
    #expect(try scratch.store.statements(about: key) == [first, second])
    #expect(
      second.changes(since: first) == [FieldChange(path: "margin", old: "1", new: "5")])
    // Back to what was stated first is a change, too.
    try scratch.store.state(statement(first.text, 8), about: key)
    #expect(try scratch.store.statements(about: key).count == 3)
  }

  @Test func ofDifferentResultsAreApart() throws {
    let scratch = try Scratch()
    try scratch.store.state(statement("{}", 0), about: key)
    let other = Key(Digest.sha256(of: Data("others".utf8)))
    #expect(try scratch.store.statements(about: other) == [])
  }

  @Test func surviveGarbageCollection() throws {
    let scratch = try Scratch()
    try scratch.store.state(statement("{}", 0), about: key)
    try scratch.store.remove(try scratch.store.garbage())
    #expect(try scratch.store.statements(about: key) == [statement("{}", 0)])
  }

  @Test func statedByManyAtOnceAreAllKept() async throws {
    let scratch = try Scratch()
    let (store, key) = (scratch.store, key)
    try store.prepare()
    try await withThrowingTaskGroup { group in
      for number in 1...8 {
        group.addTask {
          try store.state(Statement(text: "\(number)", present: 0, results: 8), about: key)
        }
      }
      try await group.waitForAll()
    }
    #expect(try Set(store.statements(about: key).map(\.text)) == Set((1...8).map(String.init)))
  }

  @Test func ofAnotherFormAreAnErrorThatNamesTheFile() throws {
    let scratch = try Scratch()
    try scratch.store.state(statement("{}", 0), about: key)
    let path = "\(scratch.store.paths.statements(about: key))/1.json"
    try Data("{".utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: LaboratoryError.self) { try scratch.store.statements(about: key) }
    #expect(error?.description.contains(path) == true)
  }
}
