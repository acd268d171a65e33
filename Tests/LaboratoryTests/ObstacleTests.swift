import Foundation
import Glibc
import Testing

@testable import Laboratory

/// Files, folders and broken links where the store's own things belong.
struct ObstacleTests {
  let scratch: Scratch
  let store: Store
  let a = artifact("a", #"{"value":1}"#)
  var b: Artifact { artifact("b", #"{"value":10}"#, inputs: [a]) }

  init() throws {
    scratch = try Scratch()
    store = scratch.store
    try store.prepare()
  }

  enum Obstacle: CaseIterable { case file, brokenLink }

  func put(_ obstacle: Obstacle, at path: String) throws {
    try FileSystem.remove(path)
    try FileSystem.makeFolder(FileSystem.folder(of: path))
    switch obstacle {
    case .file: try Data("x".utf8).write(to: URL(fileURLWithPath: path))
    case .brokenLink: symlink("/nowhere/at/all", path)
    }
  }

  /// A folder that appears between two looks at its place was taken for an obstacle, and went with all that
  /// was in it.
  @Test func aFolderThatAnotherMakesMeanwhileIsNone() throws {
    let others = 4
    for round in 0..<400 {
      let shelf = "\(store.paths.artifacts)/number/\(round)"
      let files = (0..<others).map { "\(shelf)/\($0)" }
      let makers = files.map { file in
        Background { [store] _ in
          try store.makeWay(to: shelf)
          try FileSystem.write(Data(), to: file, syncing: false)
        }
      }
      for maker in makers { try maker.value() }
      #expect(files.filter { !FileSystem.isThere($0) } == [])
    }
  }

  @Test(arguments: Obstacle.allCases, 0...2)
  func inAnArtifactsPlaceIsToldAndTheArtifactRedone(_ obstacle: Obstacle, level: Int) throws {
    let plan = try Plan(suite: "s", artifacts: [a, b])
    #expect(try scratch.coordinator().run(plan).isComplete)
    let folder = store.paths.artifact(b.key, kind: b.kind)
    let path = (0..<level).reduce(folder) { path, _ in FileSystem.folder(of: path) }
    try put(obstacle, at: path)
    let name = (path as NSString).lastPathComponent
    #expect(try store.state(of: b) == .damaged(.obstructed(by: name)))
    let notes = Notes()
    let summary = try scratch.coordinator(notes: notes).run(plan)
    #expect(summary.isComplete)
    let expected = "(damaged: \(name) is a file or a broken link where a folder belongs)"
    #expect(notes.text.contains(expected), "\(notes.text)")
    #expect(try store.state(of: b, contents: true) == .whole)
    #expect(scratch.leftovers == [])
  }

  @Test(arguments: Obstacle.allCases)
  func thatComesWhileAnArtifactIsComputedDoesNotStopIt(_ obstacle: Obstacle) throws {
    try put(obstacle, at: store.paths.artifact(a.key, kind: a.kind))
    #expect(try scratch.publish(a))
    #expect(try store.state(of: a, contents: true) == .whole)
    #expect(scratch.leftovers == [])
  }

  @Test(arguments: Obstacle.allCases)
  func inAnInputsPlaceIsSeenByWhoeverReadsIt(_ obstacle: Obstacle) throws {
    try put(obstacle, at: store.paths.artifact(a.key, kind: a.kind))
    #expect(throws: LaboratoryError.damagedArtifact(a.key, .gone)) { try store.record(of: a.key) }
    #expect(try store.removeDamaged(a.key))
    #expect(try store.state(of: a) == .absent)
  }

  @Test func inAClaimsPlaceIsBroken() throws {
    let path = store.paths.claim(on: a.key)
    for make in [
      { try put(.brokenLink, at: path) }, { try FileSystem.makeFolder(path + "/below") },
    ] {
      try make()
      #expect(try store.claimStatus(of: a.key) == .unreadable)
      guard case .taken(let claim) = try store.claim(a.key) else { return #expect(Bool(false)) }
      claim.release()
      #expect(scratch.leftovers == [])
    }
  }

  @Test func inASavedPlansPlaceGoes() throws {
    let plan = try Plan(suite: "s", artifacts: [a])
    try FileSystem.makeFolder(store.paths.plan(suite: "s") + "/below")
    try store.save(plan)
    #expect(try store.savedPlan(suite: "s") == plan)
  }

  @Test func strayFilesAmongTheShelvesAreNobodysObstacle() throws {
    for name in ["stray", "number/stray", "number/ab/stray"] {
      try put(.file, at: "\(store.paths.artifacts)/\(name)")
    }
    #expect(try !store.removeDamaged(a.key))
    #expect(FileSystem.size(ofFile: "\(store.paths.artifacts)/number/ab/stray") == 1)
  }
}
