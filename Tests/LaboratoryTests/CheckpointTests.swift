import Digests
import Foundation
import Glibc
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
    get throws {
      try scratch.store.checkpoint("state", of: subject.key)
        .map { try String(contentsOfFile: $0, encoding: .utf8) }
    }
  }

  var folder: String { scratch.store.paths.checkpoints(of: subject.key) }
  /// The only file of the subject's checkpoints.
  var file: String {
    get throws { "\(folder)/\(try #require(try FileSystem.names(in: folder).first))" }
  }

  func expectLoss(_ damage: Damage, location: SourceLocation = #_sourceLocation) throws {
    #expect(
      throws: LaboratoryError.damagedArtifact(subject.key, damage), sourceLocation: location
    ) { try saved }
    // It was told once; now the work starts again.
    #expect(try saved == nil, sourceLocation: location)
    #expect(scratch.leftovers == [], sourceLocation: location)
    try save("again")
    #expect(try saved == "again", sourceLocation: location)
  }

  @Test func theLastWholeOneCounts() throws {
    #expect(try saved == nil)
    try save("one")
    try save("two")
    #expect(try saved == "two")
    #expect(throws: Stopped.self) { try save("half", stopping: true) }
    #expect(try saved == "two")
    #expect(try FileSystem.names(in: scratch.store.paths.temporary) == [])
  }

  @Test func isGoneOnceTheArtifactIsThere() throws {
    try save("one")
    let assignment = try Assignment([subject], in: scratch.store)
    try assignment.publish(subject, WorkOutcome(result: Data("{}".utf8)))
    #expect(try saved == nil)
    #expect(scratch.leftovers == [])
  }

  @Test func itsNameIsAFileName() {
    #expect(throws: LaboratoryError.unsuitableName("../x", use: "checkpoint")) {
      try scratch.store.saveCheckpoint("../x", of: subject.key) { _ in }
    }
  }

  @Test(arguments: ["twO", "tw", "", "\0\0\0"]) func aChangedOneIsNotUsed(_ text: String) throws {
    try save("two")
    try Data(text.utf8).write(to: URL(fileURLWithPath: try file))
    try expectLoss(.checkpointDiffers(file: "state"))
  }

  @Test func aFolderInItsPlaceIsNotUsed() throws {
    try save("two")
    let path = try file
    try FileSystem.remove(path)
    try FileSystem.makeFolder(path + "/below")
    try expectLoss(.checkpointDiffers(file: "state"))
  }

  @Test func aFolderInItsPlaceIsReplaced() throws {
    let digest = Digest.sha256(of: Data("two".utf8))
    try FileSystem.makeFolder("\(folder)/state.\(digest)/below")
    try FileSystem.makeFolder("\(folder)/state")
    try save("two")
    #expect(try saved == "two")
  }

  @Test(arguments: [true, false]) func aFileOrBrokenLinkInItsFoldersPlaceGoes(isLink: Bool) throws {
    if isLink {
      symlink("/nowhere/at/all", folder)
    } else {
      try Data().write(to: URL(fileURLWithPath: folder))
    }
    try expectLoss(.obstructed(by: subject.key.description))
    try FileSystem.remove(folder)
    if isLink {
      symlink("/nowhere/at/all", folder)
    } else {
      try Data().write(to: URL(fileURLWithPath: folder))
    }
    try save("over it")
    #expect(try saved == "over it")
  }

  @Test func oneThatCannotBeReadIsNotLost() throws {
    let path = "\(folder)/state.\(Digest.sha256(of: Data()))"
    try FileSystem.makeFolder(folder)
    // A regular file whose reading fails.
    symlink("/proc/self/mem", path)
    #expect(throws: LaboratoryError.unreadable(path: path, reason: "Input/output error")) {
      try saved
    }
    #expect(FileSystem.isThere(path))
  }

  @Test func aPipeInItsPlaceIsNotUsed() throws {
    try save("two")
    let path = try file
    try FileSystem.remove(path)
    #expect(mkfifo(path, 0o666) == 0)
    try expectLoss(.checkpointDiffers(file: "state"))
  }

  @Test func isSavedAgainWhereItsFolderWasDeletedMeanwhile() throws {
    let source = scratch.folder + "/source"
    try FileSystem.write(Data("two".utf8), to: source)
    var ways = 0
    let isSaved = try scratch.store.replace("\(folder)/state", by: source) {
      ways += 1
      // The first is as if somebody had deleted it at once.
      if ways == 2 { try FileSystem.makeFolder(folder) }
    }
    #expect(isSaved && ways == 2)
    #expect(FileSystem.size(ofFile: "\(folder)/state") == 3)
    try FileSystem.remove(folder)
    #expect(try !scratch.store.replace("\(folder)/state", by: source) {})
  }

  @Test func whenKilledBetweenTwoTheWholeOneCounts() throws {
    try save("one")
    let first = try file
    try save("two")
    // The second was being written when the power went.
    try Data("tw".utf8).write(to: URL(fileURLWithPath: try file))
    try Data("one".utf8).write(to: URL(fileURLWithPath: first))
    #expect(try saved == "one")
  }
}
