import Digests
import Foundation
import Testing

@testable import Laboratory

/// An artifact that lacks files is replaced by one that has them, and by no other.
struct ReplacementTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  func subject(_ keeps: Set<String>) -> Artifact { artifact("subject", keeps: keeps) }

  @Test func theNewOneHasTheOldOnesFilesToo() throws {
    let old = subject(["a"])
    let new = subject(["b"])
    #expect(old.key == new.key)
    try scratch.publish(old, provenance: #"{"seconds":1}"#, files: ["a": "one"])
    #expect(try scratch.store.state(of: new) == .lacking(["b"]))
    let reader = try scratch.store.verifiedFile("a", of: old.key)
    #expect(try scratch.publish(new, provenance: #"{"seconds":2}"#, files: ["b": "two"]))
    for artifact in [old, new, subject(["a", "b"])] {
      #expect(try scratch.store.state(of: artifact, contents: true) == .whole)
    }
    #expect(try String(contentsOfFile: reader, encoding: .utf8) == "one")
    #expect(try scratch.store.record(of: new.key).seconds == 2)
    #expect(scratch.leftovers == [])
    // One that brings nothing new is discarded.
    #expect(try !scratch.publish(new, files: ["b": "two"]))
  }

  @Test func anotherResultIsRefused() throws {
    try scratch.publish(subject([]), result: #"{"value":1}"#, files: [:])
    let path = scratch.store.paths.artifact(subject([]).key, kind: "number")
    let expected = LaboratoryError.notReproducible(
      label: "subject", path: path, difference: "its result differs in value: 1 → 2")
    #expect(throws: expected) {
      try scratch.publish(subject(["a"]), result: #"{"value":2}"#, files: ["a": "one"])
    }
    #expect(try scratch.store.record(of: subject([]).key).result == Data(#"{"value":1}"#.utf8))
  }

  @Test func anotherFileOfTheSameNameIsRefused() throws {
    try scratch.publish(subject([]), files: ["a": "one"])
    let digests = ["one", "eno"].map { Digest.sha256(of: Data($0.utf8)) }
    let path = scratch.store.paths.artifact(subject([]).key, kind: "number")
    let expected = LaboratoryError.notReproducible(
      label: "subject", path: path,
      difference: "the SHA-256 of a was \(digests[0]) and is \(digests[1])")
    #expect(throws: expected) {
      try scratch.publish(subject(["b"]), files: ["a": "eno", "b": "two"])
    }
    #expect(try scratch.store.state(of: subject(["a"]), contents: true) == .whole)
  }

  @Test func aDamagedOneIsNotCompared() throws {
    try scratch.publish(subject([]), result: #"{"value":1}"#, files: ["a": "one"])
    try scratch.overwrite("a", of: subject([]), with: "longer")
    #expect(try scratch.publish(subject(["b"]), result: #"{"value":2}"#, files: ["b": "two"]))
    #expect(Set(try scratch.store.record(of: subject([]).key).files.keys) == ["b"])
  }

  @Test func withoutWhatIsReadNothingIsPublished() throws {
    let expected = LaboratoryError.unsuitableOutcome(
      label: "subject", problem: "its file 'a' is not among what was made")
    #expect(throws: expected) { try scratch.publish(subject(["a"]), files: ["b": "two"]) }
    let workspace = try scratch.store.makeWorkspace(for: subject([]).key)
    let outcome = WorkOutcome(result: Data("{}".utf8), withholds: ["a"])
    #expect(try scratch.store.publish(subject(["a"]), outcome, from: workspace))
    #expect(try scratch.store.state(of: subject(["a"])) == .whole)
    #expect(try scratch.store.state(of: subject(["a", "b"])) == .lacking(["b"]))
  }

  /// Several processes bring files of their own; none of them is lost, and a reader of what was there before
  /// never misses it.
  @Test func manyAtOnceLoseNothing() async throws {
    try scratch.publish(subject(["first"]), files: ["first": "one"])
    let key = subject([]).key
    let store = scratch.store
    let reading = Background { shouldStop in
      var count = 0
      while !shouldStop() {
        let path = try store.verifiedFile("first", of: key)
        guard try String(contentsOfFile: path, encoding: .utf8) == "one" else { return -1 }
        count += 1
      }
      return count
    }
    let names = (0..<24).map { "file \($0)" }
    let news = try await withThrowingTaskGroup(of: Bool.self) { group in
      for name in names {
        group.addTask {
          let workspace = try store.makeWorkspace(for: key)
          try Data(name.utf8).write(to: URL(fileURLWithPath: "\(workspace)/\(name)"))
          return try store.publish(
            artifact("subject", keeps: [name]), WorkOutcome(result: Data(#"{"value":1}"#.utf8)),
            from: workspace)
        }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(news == names.count)
    reading.stop()
    #expect(try reading.value() > 0)
    #expect(Set(try store.record(of: key).files.keys) == Set(names + ["first"]))
    #expect(try store.state(of: subject(Set(names)), contents: true) == .whole)
    #expect(scratch.leftovers == [])
  }

  @Test(arguments: [true, false]) func twoFoldersChangePlaces(inOneStep: Bool) throws {
    let paths = ["a", "b"].map { scratch.folder + "/" + $0 }
    for path in paths {
      try FileSystem.makeFolder(path)
      try FileSystem.write(Data(path.utf8), to: path + "/name")
    }
    let exchange = inOneStep ? FileSystem.exchange : FileSystem.exchangeInSteps
    #expect(try exchange(paths[0], paths[1], scratch.folder + "/away"))
    #expect(try FileSystem.read(paths[0] + "/name") == Data(paths[1].utf8))
    #expect(try FileSystem.read(paths[1] + "/name") == Data(paths[0].utf8))
    #expect(!FileSystem.isThere(scratch.folder + "/away"))
    try FileSystem.remove(paths[1])
    #expect(try !exchange(paths[0], paths[1], scratch.folder + "/away"))
    #expect(try FileSystem.read(paths[0] + "/name") == Data(paths[1].utf8))
  }
}
