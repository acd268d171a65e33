import Foundation
import Glibc
import Testing

@testable import Laboratory

struct StoreTests {
  let scratch: Scratch
  let subject = artifact("subject")

  init() throws {
    scratch = try Scratch()
    try scratch.publish(subject, files: ["value.txt": "one", "b.safetensors": "two"])
  }

  @Test func aPublishedArtifactIsWhole() throws {
    #expect(try scratch.store.state(of: subject) == .whole)
    #expect(try scratch.store.state(of: subject, contents: true) == .whole)
    let path = try scratch.store.verifiedFile("value.txt", of: subject.key)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "one")
    let record = try scratch.store.record(of: subject.key)
    #expect(record.files.keys.sorted() == ["b.safetensors", "value.txt"])
    #expect(record.label == "subject")
    let recipe = try Data(
      contentsOf: URL(fileURLWithPath: scratch.path("recipe.json", of: subject)))
    #expect(recipe == subject.recipe)
  }

  @Test func anAbsentArtifactIsAbsent() throws {
    let other = artifact("other", "{}")
    #expect(try scratch.store.state(of: other) == .absent)
    #expect(throws: LaboratoryError.damagedArtifact(other.key, .gone)) {
      try scratch.store.record(of: other.key)
    }
    #expect(throws: LaboratoryError.damagedArtifact(other.key, .gone)) {
      try scratch.store.verifiedFile("value.txt", of: other.key)
    }
    #expect(try Store(root: scratch.folder + "/none").state(of: subject) == .absent)
  }

  func expect(_ damage: Damage, location: SourceLocation = #_sourceLocation) throws {
    #expect(try scratch.store.state(of: subject) == .damaged(damage), sourceLocation: location)
    #expect(
      throws: LaboratoryError.damagedArtifact(subject.key, damage), sourceLocation: location
    ) { try scratch.store.record(of: subject.key) }
  }

  @Test func seesATruncatedFile() throws {
    try scratch.overwrite("value.txt", of: subject, with: "on")
    try expect(.sizeDiffers(file: "value.txt", expected: 3, found: 2))
  }

  @Test func seesAMissingFile() throws {
    try FileSystem.remove(scratch.path("b.safetensors", of: subject))
    try expect(.fileMissing("b.safetensors"))
  }

  @Test func seesALinkInAFilesPlace() throws {
    try FileSystem.remove(scratch.path("value.txt", of: subject))
    symlink("b.safetensors", scratch.path("value.txt", of: subject))
    try expect(.fileMissing("value.txt"))
  }

  @Test(arguments: ["record.json", "recipe.json"]) func seesAMissingRecord(_ name: String) throws {
    try FileSystem.remove(scratch.path(name, of: subject))
    try expect(.fileMissing(name))
  }

  @Test func seesAFolderInARecordsPlace() throws {
    try FileSystem.remove(scratch.path("record.json", of: subject))
    try FileSystem.makeFolder(scratch.path("record.json", of: subject))
    try expect(.fileMissing("record.json"))
  }

  @Test func seesATruncatedRecord() throws {
    let path = scratch.path("record.json", of: subject)
    truncate(path, 40)
    try expect(.recordUnreadable)
  }

  @Test func seesAForeignRecord() throws {
    let other = artifact("other", #"{"value":2}"#)
    try scratch.publish(other, files: ["value.txt": "one", "b.safetensors": "two"])
    let record = try #require(try FileSystem.read(scratch.path("record.json", of: other)))
    try record.write(to: URL(fileURLWithPath: scratch.path("record.json", of: subject)))
    try expect(.foreign)
  }

  @Test func seesAForeignRecipe() throws {
    try scratch.overwrite("recipe.json", of: subject, with: #"{"value":2}"#)
    try expect(.foreign)
  }

  @Test func seesAChangedResult() throws {
    let path = scratch.path("record.json", of: subject)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let changed = text.replacingOccurrences(of: #"{"value":1}"#, with: #"{"value":2}"#)
    #expect(changed != text)
    try scratch.overwrite("record.json", of: subject, with: changed)
    try expect(.resultDiffers)
  }

  @Test(arguments: [
    (#""files": {"b.safetensors":.*}"#, #""files": {}"#), (#""seconds":1"#, #""seconds":2"#),
    (#""label": "subject""#, #""label": "sabject""#), (#""inputs": {}"#, #""inputs":  {}"#),
  ])
  func seesAnyChangeOfTheRecord(_ pattern: String, _ replacement: String) throws {
    try FileSystem.remove(scratch.store.paths.artifact(subject.key, kind: subject.kind))
    try scratch.publish(
      subject, provenance: #"{"seconds":1}"#,
      files: ["value.txt": "one", "b.safetensors": "two"])
    let path = scratch.path("record.json", of: subject)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let changed = text.replacing(try Regex(pattern), with: replacement)
    #expect(changed != text)
    try scratch.overwrite("record.json", of: subject, with: changed)
    try expect(.recordDiffers)
  }

  @Test func seesAFlippedBitBeforeUse() throws {
    try scratch.overwrite("value.txt", of: subject, with: "onf")
    #expect(try scratch.store.state(of: subject) == .whole)
    let damage = Damage.contentsDiffer(file: "value.txt")
    #expect(try scratch.store.state(of: subject, contents: true) == .damaged(damage))
    #expect(throws: LaboratoryError.damagedArtifact(subject.key, damage)) {
      try scratch.store.verifiedFile("value.txt", of: subject.key)
    }
    // Its other file is as it was.
    _ = try scratch.store.verifiedFile("b.safetensors", of: subject.key)
  }

  @Test func aFileTheRecordDoesNotListIsNoFileOfTheArtifact() throws {
    try scratch.overwrite("extra.txt", of: subject, with: "extra")
    #expect(throws: LaboratoryError.damagedArtifact(subject.key, .fileMissing("extra.txt"))) {
      try scratch.store.verifiedFile("extra.txt", of: subject.key)
    }
  }

  @Test func damageIsRemovedAndWholeArtifactsAreNot() throws {
    #expect(try !scratch.store.removeDamaged(subject.key))
    #expect(try scratch.store.state(of: subject) == .whole)
    try scratch.overwrite("value.txt", of: subject, with: "onf")
    #expect(try scratch.store.removeDamaged(subject.key))
    #expect(try scratch.store.state(of: subject) == .absent)
    #expect(try !scratch.store.removeDamaged(subject.key))
    #expect(scratch.leftovers == [])
  }

  @Test func aStoreBelowAFileCannotBePrepared() throws {
    let file = scratch.folder + "/file"
    try Data().write(to: URL(fileURLWithPath: file))
    #expect(
      throws: LaboratoryError.storeNotWritable(path: file, reason: "Not a directory")
    ) { try Store(root: file + "/store").prepare() }
  }

  @Test func relativeRootsAreMadeAbsolute() {
    #expect(Store(root: "here").paths.root == FileManager.default.currentDirectoryPath + "/here")
    #expect(Store(root: "/there/").paths.root == "/there")
  }
}
