import Digests
import Foundation
import Glibc
import Testing

@testable import Laboratory

struct VerificationTests {
  let scratch: Scratch
  let store: Store
  let a = artifact("a", #"{"value":1}"#)
  let b = artifact("b", #"{"value":2}"#)

  init() throws {
    scratch = try Scratch()
    store = scratch.store
    for artifact in [a, b] { try scratch.publish(artifact, provenance: #"{"seconds":1.5}"#) }
    try store.saveCheckpoint("state", of: artifact("c").key) {
      try Data("state".utf8).write(to: URL(fileURLWithPath: $0))
    }
  }

  func verified() throws -> Verification { try store.verify() }

  func removed(_ verification: Verification) throws -> Int {
    try store.remove(verification)
  }

  func edit(_ old: String, _ new: String, in name: String, of artifact: Artifact) throws {
    let text = try String(contentsOfFile: scratch.path(name, of: artifact), encoding: .utf8)
    #expect(text.contains(old))
    try scratch.overwrite(name, of: artifact, with: text.replacing(old, with: new))
  }

  @Test func aWholeStoreIsReadAndNothingFound() throws {
    let verification = try verified()
    #expect(verification.artifacts == 2)
    #expect(verification.others == 1)
    #expect(verification.unsealed == 0)
    #expect(verification.findings == [])
  }

  @Test func findsWhatARunWouldNotRead() throws {
    try edit("one", "onf", in: "value.txt", of: a)
    try edit("1.5", "2.5", in: "record.json", of: b)
    #expect(try store.state(of: a) == .whole)
    let findings = try verified().findings
    let expected: [Key: Damage] = [
      a.key: .contentsDiffer(file: "value.txt"), b.key: .recordDiffers,
    ]
    #expect(Dictionary(uniqueKeysWithValues: findings.map { ($0.key!, $0.damage) }) == expected)
    #expect(findings.map(\.label).sorted { $0! < $1! } == ["a", "b"])
    let told = findings.first { $0.key == b.key }?.description
    #expect(
      told
        == "damaged: artifacts/number/\(b.key.description.prefix(2))/\(b.key) (b, \(b.key.short)):"
        + " record.json changed after it was written")

    #expect(try removed(verified()) == 2)
    #expect(try store.state(of: a) == .absent)
    #expect(try verified().findings == [])
    #expect(try scratch.coordinator().run(Plan(suite: "s", artifacts: [a, b])).computed == 2)
  }

  @Test func findsDamagedCheckpoints() throws {
    let folder = store.paths.checkpoints(of: artifact("c").key)
    let name = try #require(try FileSystem.names(in: folder).first)
    try Data("statE".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    let verification = try verified()
    #expect(verification.findings.map(\.damage) == [.checkpointDiffers(file: "state")])
    #expect(try removed(verification) == 1)
    #expect(scratch.leftovers == [])
  }

  @Test func whatIsWholeByNowStays() throws {
    let key = artifact("c").key
    try store.saveCheckpoint("weights", of: key) {
      try Data("weights".utf8).write(to: URL(fileURLWithPath: $0))
    }
    let folder = store.paths.checkpoints(of: key)
    let names = try FileSystem.names(in: folder)
    let state = URL(fileURLWithPath: "\(folder)/\(try #require(names.first))")
    try Data("statE".utf8).write(to: state)
    let verification = try verified()
    #expect(verification.findings.count == 1)
    try Data("state".utf8).write(to: state)
    #expect(try removed(verification) == 0)
    #expect(try FileSystem.names(in: folder) == names)

    // Of an artifact's checkpoints only the damaged one goes.
    try Data("statE".utf8).write(to: state)
    #expect(try removed(verification) == 1)
    #expect(try FileSystem.names(in: folder) == Array(names.dropFirst()))
    #expect(try FileSystem.names(in: store.paths.temporary) == [])
  }

  @Test func aCheckpointThatCannotBeReadIsToldAndStays() throws {
    let folder = store.paths.checkpoints(of: artifact("d").key)
    try FileSystem.makeFolder(folder)
    // A regular file whose reading fails.
    let path = "\(folder)/state.\(Digest.sha256(of: Data()))"
    symlink("/proc/self/mem", path)
    let verification = try verified()
    #expect(verification.findings.map(\.damage) == [.unreadable(reason: "Input/output error")])
    #expect(try removed(verification) == 0)
    #expect(FileSystem.isThere(path))
  }

  @Test func pipesInFilesPlacesAreNotWaitedFor() throws {
    let checkpoints = store.paths.checkpoints(of: artifact("c").key)
    let checkpoint = try #require(try FileSystem.names(in: checkpoints).first)
    for path in [scratch.path("record.json", of: a), "\(checkpoints)/\(checkpoint)"] {
      try FileSystem.remove(path)
      #expect(mkfifo(path, 0o666) == 0)
    }
    let verification = try verified()
    #expect(
      verification.findings.map(\.damage) == [
        .fileMissing("record.json"), .checkpointDiffers(file: "state"),
      ])
    #expect(try removed(verification) == 2)
    #expect(try verified().findings == [])
  }

  @Test func findsFilesInFoldersPlaces() throws {
    let folder = store.paths.artifact(a.key, kind: a.kind)
    try FileSystem.remove(folder)
    try Data().write(to: URL(fileURLWithPath: folder))
    #expect(try verified().findings.map(\.damage) == [.obstructed(by: a.key.description)])
    #expect(try removed(verified()) == 1)
    #expect(try verified().findings == [])
  }

  @Test func countsRecordsWithoutADigestOfTheWhole() throws {
    let lines = try String(contentsOfFile: scratch.path("record.json", of: a), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let old = lines.filter { !$0.hasPrefix("\"digest\"") }.joined(separator: "\n")
    try scratch.overwrite("record.json", of: a, with: old)
    let verification = try verified()
    #expect(verification.findings == [])
    #expect(verification.unsealed == 1)
  }
}
