import Foundation
import Testing

@testable import Laboratory

struct AssignmentTests {
  let scratch: Scratch
  let states = [state("w", 2, cost: 1), state("w", 4, cost: 3), state("w", 8, cost: 4)]

  init() throws {
    scratch = try Scratch()
    try scratch.store.prepare()
  }

  func publish(_ artifact: Artifact, of assignment: Assignment) throws {
    let path = assignment.path(ofOutput: "weights.txt", of: artifact)
    try Data("7".utf8).write(to: URL(fileURLWithPath: path))
    try assignment.publish(artifact, WorkOutcome(result: Data("{}".utf8)))
  }

  @Test func publishesEachOnceAndTellsAtOnce() throws {
    var reports: [WorkerReport] = []
    let assignment = try Assignment(states, in: scratch.store) { reports.append($0) }
    #expect(assignment.artifact == states[0] && assignment.id == states[0].walkID)
    try scratch.store.saveCheckpoint("state", of: assignment.id) {
      try Data().write(to: URL(fileURLWithPath: $0))
    }
    try publish(states[1], of: assignment)
    #expect(reports == [.done(states[1].key, computed: true)])
    #expect(assignment.unpublished == [states[0], states[2]])
    #expect(try scratch.store.checkpoint("state", of: assignment.id) != nil)
    #expect(throws: LaboratoryError.self) {
      try assignment.publish(states[1], WorkOutcome(result: Data("{}".utf8)))
    }
    #expect(
      throws: LaboratoryError.unsuitableOutcome(
        label: "w/2", problem: "the work ended without it")
    ) { try assignment.requireAll() }
    for artifact in [states[0], states[2]] { try publish(artifact, of: assignment) }
    try assignment.requireAll()
    #expect(reports.count == 3)
    #expect(scratch.leftovers == [])
  }

  @Test func tellsHowFarTheNextArtifactIs() throws {
    var reports: [WorkerReport] = []
    let assignment = try Assignment(states, in: scratch.store) { reports.append($0) }
    try publish(states[0], of: assignment)
    usleep(210_000)
    // A half of eight seconds: behind the first one, and the second's three.
    assignment.report(0.5)
    assignment.report(0.6)
    #expect(
      reports == [
        .done(states[0].key, computed: true), .progress(states[1].key, fraction: 1),
      ])
    usleep(210_000)
    assignment.report(0.25)
    #expect(reports.last == .progress(states[1].key, fraction: 1.0 / 3))
    assignment.discard()
    #expect(scratch.leftovers == [])
  }

  @Test func comparesWhatIsThere() throws {
    try scratch.publish(states[0], result: #"{"value":5}"#, files: ["weights.txt": "5"])
    let assignment = try Assignment(
      Array(states.suffix(2)), present: [states[0]], in: scratch.store)
    try assignment.audit(states[0], result: Data(#"{"value":5}"#.utf8))
    let path = scratch.store.paths.artifact(states[0].key, kind: "state")
    let expected = LaboratoryError.notReproducible(
      label: "w/2", path: path, difference: "its result differs in value: 5 → 6")
    #expect(throws: expected) {
      try assignment.audit(states[0], result: Data(#"{"value":6}"#.utf8))
    }
    // Equal values in other bytes differ too.
    #expect(throws: LaboratoryError.self) {
      try assignment.audit(states[0], result: Data(#"{"value": 5}"#.utf8))
    }
  }
}
