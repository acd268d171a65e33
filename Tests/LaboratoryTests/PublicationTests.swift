import Foundation
import Testing

@testable import Laboratory

struct PublicationTests {
  let scratch: Scratch
  let subject = artifact("subject")

  init() throws { scratch = try Scratch() }

  @Test func theLoserOfTheRaceDiscardsItsCopy() throws {
    #expect(try scratch.publish(subject, result: #"{"value":1}"#))
    #expect(try !scratch.publish(subject, result: #"{"value":2}"#))
    #expect(try scratch.store.record(of: subject.key).result == Data(#"{"value":1}"#.utf8))
    #expect(scratch.leftovers == [])
  }

  @Test func oneOfManyPublishersWins() async throws {
    for round in 0..<20 {
      let raced = artifact("raced", #"{"round":\#(round)}"#)
      let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
        for racer in 0..<6 {
          group.addTask { [store = scratch.store] in
            try store.prepare()
            let workspace = try store.makeWorkspace(for: raced.key)
            let text = String(repeating: "\(racer)", count: 10_000)
            try Data(text.utf8).write(to: URL(fileURLWithPath: workspace + "/value.txt"))
            let outcome = WorkOutcome(result: Data(#"{"racer":\#(racer)}"#.utf8))
            return try store.publish(raced, outcome, from: workspace)
          }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(wins == 1)
      #expect(try scratch.store.state(of: raced, contents: true) == .whole)
    }
    #expect(scratch.leftovers == [])
  }

  @Test func aDamagedArtifactIsReplaced() throws {
    try scratch.publish(subject)
    try scratch.overwrite("value.txt", of: subject, with: "longer")
    #expect(try scratch.publish(subject))
    #expect(try scratch.store.state(of: subject, contents: true) == .whole)
    #expect(scratch.leftovers == [])
  }

  @Test func nothingIsVisibleBeforeTheRename() throws {
    try scratch.store.prepare()
    let workspace = try scratch.store.makeWorkspace(for: subject.key)
    try Data("half".utf8).write(to: URL(fileURLWithPath: workspace + "/value.txt"))
    #expect(try scratch.store.state(of: subject) == .absent)
    #expect(try scratch.store.size().artifacts == [:])
  }

  @Test(arguments: ["", "1", "[]", "{\"a\":}", "{\"a\":1} {}"])
  func refusesResultsThatAreNoObjects(_ text: String) throws {
    let expected = LaboratoryError.unsuitableOutcome(
      label: "subject", problem: "its result is not a JSON object")
    #expect(throws: expected) { try scratch.publish(subject, result: text) }
    #expect(try scratch.store.state(of: subject) == .absent)
  }

  @Test func refusesReservedNames() throws {
    #expect(throws: LaboratoryError.self) {
      try scratch.publish(subject, files: ["record.json": "mine"])
    }
  }

  @Test func refusesFolders() throws {
    try scratch.store.prepare()
    let workspace = try scratch.store.makeWorkspace(for: subject.key)
    try FileSystem.makeFolder(workspace + "/folder")
    #expect(throws: LaboratoryError.self) {
      try scratch.store.publish(subject, WorkOutcome(result: Data("{}".utf8)), from: workspace)
    }
  }

  @Test func refusesToLoseFiles() throws {
    try scratch.store.prepare()
    let workspace = try scratch.store.makeWorkspace(for: subject.key)
    try Data("one".utf8).write(to: URL(fileURLWithPath: workspace + "/value.txt"))
    let outcome = WorkOutcome(result: Data("{}".utf8))
    let expected = LaboratoryError.unsuitableOutcome(
      label: "subject", problem: "its file 'mask' is not among what was made")
    #expect(throws: expected) {
      try scratch.store.publish(subject, outcome, from: workspace, holding: ["value.txt", "mask"])
    }
    #expect(try scratch.store.publish(subject, outcome, from: workspace, holding: ["value.txt"]))
  }

  @Test func anArtifactMayHaveNoFiles() throws {
    try scratch.publish(subject, files: [:])
    #expect(try scratch.store.state(of: subject) == .whole)
  }

  @Test func aWorkspaceThatWasDeletedIsAnError() throws {
    try scratch.store.prepare()
    let workspace = try scratch.store.makeWorkspace(for: subject.key)
    try FileSystem.remove(workspace)
    let expected = LaboratoryError.unreadable(path: workspace, reason: "No such file or directory")
    #expect(throws: expected) {
      try scratch.store.publish(subject, WorkOutcome(result: Data("{}".utf8)), from: workspace)
    }
  }
}
