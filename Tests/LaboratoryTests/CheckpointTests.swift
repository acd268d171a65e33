import Foundation
import Testing

@testable import Laboratory

struct CheckpointTests {
  let scratch: Scratch
  let subject = artifact("subject")
  struct Stopped: Error {}

  init() throws {
    scratch = try Scratch()
    try scratch.store.prepare()
  }

  func save(_ text: String, stopping: Bool = false) throws {
    try scratch.store.saveCheckpoint("state", of: subject.key) { path in
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      if stopping { throw Stopped() }
    }
  }

  var saved: String? {
    scratch.store.checkpoint("state", of: subject.key)
      .flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }
  }

  @Test func theLastWholeOneCounts() throws {
    #expect(saved == nil)
    try save("one")
    try save("two")
    #expect(saved == "two")
    #expect(throws: Stopped.self) { try save("half", stopping: true) }
    #expect(saved == "two")
    #expect(try FileSystem.names(in: scratch.store.paths.temporary) == [])
  }

  @Test func isGoneOnceTheArtifactIsThere() throws {
    try save("one")
    try scratch.publish(subject)
    #expect(saved == nil)
    #expect(scratch.leftovers == [])
  }

  @Test func itsNameIsAFileName() {
    #expect(throws: LaboratoryError.unsuitableName("../x", use: "checkpoint")) {
      try scratch.store.saveCheckpoint("../x", of: subject.key) { _ in }
    }
  }
}
