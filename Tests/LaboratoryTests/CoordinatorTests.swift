import Foundation
import Glibc
import Testing

@testable import Laboratory

struct CoordinatorTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  func value(_ artifact: Artifact) throws -> String {
    String(decoding: try scratch.store.record(of: artifact.key).result, as: UTF8.self)
  }

  @Test func computesAPlanOnceAndThenNothing() throws {
    let a = artifact("a", #"{"value":1}"#)
    let b = artifact("b", #"{"value":10}"#, inputs: [a])
    let c = artifact("c", #"{"say":"{}","value":100}"#, inputs: [a, b])
    let plan = try Plan(suite: "s", artifacts: [a, b, c])
    let first = try scratch.coordinator().run(plan)
    #expect(first.isComplete && first.computed == 3 && first.cached == 0)
    #expect(
      try plan.artifacts.map(value) == [#"{"value":1}"#, #"{"value":11}"#, #"{"value":112}"#])
    #expect(scratch.log == ["a", "b", "c"])
    #expect(scratch.leftovers == [])
    #expect(try scratch.store.savedPlan(suite: "s") == plan)

    let workers = scratch.workers
    let second = try scratch.coordinator().run(plan)
    #expect(second.isComplete && second.computed == 0 && second.cached == 3)
    #expect(scratch.log.count == 3)
    #expect(scratch.workers == workers)
    #expect(workers.filter(\.isRunning).isEmpty)
  }

  @Test func leasesAPlanBeforeItLooks() throws {
    let a = artifact("a")
    try scratch.publish(a)
    let paths = scratch.store.paths
    let opened = Opened([
      "leases": paths.temporary, "artifact": paths.artifact(a.key, kind: a.kind),
    ])
    #expect(try scratch.coordinator().run(Plan(suite: "s", artifacts: [a])).cached == 1)
    #expect(opened.order().prefix(2) == ["leases", "artifact"])
    #expect(scratch.leftovers == [])
  }

  @Test func workersAreReusedAndNoMoreThanAsked() throws {
    let plan = try layeredPlan(layers: 5, width: 4, sleep: 0.01)
    #expect(try scratch.coordinator(workers: 3).run(plan).isComplete)
    #expect(scratch.pids.count <= 3)
    #expect(Set(scratch.log).count == 20)
  }

  @Test func aDamagedInputIsRedoneAndTheReasonShown() throws {
    let a = artifact("a", #"{"value":1}"#)
    let b = artifact("b", #"{"value":10}"#, inputs: [a])
    let c = artifact("c", #"{"value":100}"#, inputs: [b])
    _ = try scratch.coordinator().run(Plan(suite: "s", artifacts: [a, b]))
    try scratch.overwrite("value.txt", of: b, with: "12")
    let notes = Notes()
    let plan = try Plan(suite: "s", artifacts: [a, b, c])
    let summary = try scratch.coordinator(notes: notes).run(plan)
    #expect(summary.isComplete)
    #expect(try value(c) == #"{"value":111}"#)
    #expect(scratch.log == ["a", "b", "c", "b", "c"])
    let reason = "redone: b (damaged: the contents of value.txt changed after it was written)\n"
    #expect(notes.text == reason)
    #expect(try scratch.store.state(of: b, contents: true) == .whole)
  }

  @Test func changedRecipesAreRedoneAndTheReasonShown() throws {
    let old = artifact("a", #"{"value":1}"#)
    let new = artifact("a", #"{"value":2}"#)
    _ = try scratch.coordinator().run(Plan(suite: "s", artifacts: [old]))
    let notes = Notes()
    let coordinator = try scratch.coordinator(notes: notes)
    #expect(try coordinator.run(Plan(suite: "s", artifacts: [new])).isComplete)
    #expect(notes.text == "redone: a (changed: value: 1 → 2)\n")
  }

  @Test func aFailureFailsWhatNeedsItAndNothingElse() throws {
    let a = artifact("a", #"{"fail":"it diverged","value":1}"#)
    let b = artifact("b", #"{"value":10}"#, inputs: [a])
    let c = artifact("c", #"{"value":11}"#, inputs: [b])
    let d = artifact("d", #"{"value":12}"#)
    let plan = try Plan(suite: "s", artifacts: [a, b, c, d])
    let summary = try scratch.coordinator().run(plan)
    #expect(!summary.isComplete)
    #expect(summary.failures.map(\.message) == ["it diverged"])
    #expect(summary.notRun.map(\.label) == ["b", "c"])
    #expect(summary.notRun.map(\.because) == ["a", "a"])
    #expect(
      summary.description.hasPrefix(
        "failed: a: it diverged\nnot run because a failed: b, c\n1 of 4 artifacts is done: "))
    #expect(try value(d) == #"{"value":12}"#)
    #expect(try scratch.store.state(of: a) == .absent)
    #expect(scratch.leftovers == [])
  }

  @Test func anArtifactThatKillsItsWorkersFailsAndNamesTheSignal() throws {
    let a = artifact("a", #"{"signal":9,"value":1}"#)
    let b = artifact("b", #"{"value":2}"#)
    let summary = try scratch.coordinator(workers: 1).run(Plan(suite: "s", artifacts: [a, b]))
    #expect(scratch.log.count { $0 == "a" } == Pool.deathsAllowed)
    #expect(summary.done == 1)
    #expect(
      summary.failures.first?.message
        == "its worker was killed by signal 9 (Killed), perhaps for want of memory,"
        + " like 4 before it")
    // Killed while it wrote its file: nothing of it is visible, and nothing stays.
    #expect(try scratch.store.state(of: a) == .absent)
    #expect(try scratch.store.size().artifacts["number"]?.count == 1)
    #expect(scratch.leftovers == [])
  }

  @Test func anArtifactWhoseWorkerDiesOnceIsTriedAgain() throws {
    let once = scratch.folder + "/once"
    let a = artifact("a", #"{"once":"\#(once)","say":"last words","signal":10,"value":1}"#)
    let notes = Notes()
    #expect(try scratch.coordinator(notes: notes).run(Plan(suite: "s", artifacts: [a])).isComplete)
    #expect(
      notes.text
        == "a: its worker was killed by signal 10 (User defined signal 1); tried again (1 of 4)\n"
        + "  last words\n")
  }

  @Test func aWorkerThatDoesNotStartIsToldWithItsLastLines() throws {
    let plan = try Plan(suite: "s", artifacts: [artifact("a")])
    let expected = LaboratoryError.workerDoesNotStart(
      path: try Scratch.executable, ending: "ended with exit code 3 before it was ready",
      lastLines: ["no such library"])
    #expect(throws: expected) { try scratch.coordinator(arguments: ["die"]).run(plan) }
  }

  @Test func aWorkerThatIsNotThereIsTold() throws {
    var coordinator = try scratch.coordinator()
    coordinator.executable = scratch.folder + "/none"
    #expect(throws: LaboratoryError.workerNotFound(path: scratch.folder + "/none")) {
      try coordinator.run(Plan(suite: "s", artifacts: [artifact("a")]))
    }
  }

  @Test func refusedSettingsStopTheRun() throws {
    let coordinator = try scratch.coordinator(settings: ["refuse": "no folder of data"])
    #expect(throws: LaboratoryError.settingsRefused(message: "no folder of data")) {
      try coordinator.run(Plan(suite: "s", artifacts: [artifact("a")]))
    }
  }

  @Test func anEmptyPlanIsDone() throws {
    #expect(try scratch.coordinator().run(Plan(suite: "s", artifacts: [])).isComplete)
  }

  @Test func equalFailuresAreToldOnce() throws {
    let twins = (1...4).map {
      artifact("m\($0)", #"{"fail":"no module in /tmp/espalier-0000\#($0)AAA","value":\#($0)}"#)
    }
    let notes = Notes()
    let plan = try Plan(suite: "s", artifacts: twins + [artifact("a", #"{"value":9}"#)])
    let summary = try scratch.coordinator(workers: 1, notes: notes).run(plan)
    #expect(summary.failures.count == 4)
    let message = "no module in /tmp/espalier-00001AAA"
    #expect(notes.text == "failed: m1: \(message)\n")
    #expect(
      summary.description.hasPrefix(
        "failed 4 times: m1, m2, m3 and 1 more: \(message)\n1 of 5 artifacts is done: "))
  }

  @Test func aFamilyThatFailsAlikeIsGivenUp() throws {
    let family = (1...6).map {
      artifact("m\($0)", #"{"fail":"no module","value":\#($0)}"#, family: "f")
    }
    let notes = Notes()
    let plan = try Plan(suite: "s", artifacts: family + [artifact("a", #"{"value":9}"#)])
    let summary = try scratch.coordinator(workers: 3, notes: notes).run(plan)
    #expect(Set(scratch.log) == ["m1", "a", "m2"])
    #expect(summary.failures.map(\.label) == ["m1", "m2"])
    #expect(summary.notRun.map(\.label) == ["m3", "m4", "m5", "m6"])
    #expect(summary.done == 1)
    #expect(
      notes.text == "failed: m1: no module\n"
        + "given up: 4 more artifacts of the same command, as 2 failed alike and none succeeded\n")
  }

  @Test func whatLostItsFilesWithItsListOfFilesIsRedone() throws {
    let a = artifact("a", #"{"value":1}"#)
    let b = artifact("b", #"{"value":10}"#, inputs: [a])
    _ = try scratch.coordinator().run(Plan(suite: "s", artifacts: [a]))
    // As an earlier version could publish it: whole by all that its record says.
    let lines = try String(contentsOfFile: scratch.path("record.json", of: a), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("\"digest\"") }
      .map { $0.hasPrefix("\"files\"") ? "\"files\": {}," : String($0) }
    try scratch.overwrite("record.json", of: a, with: lines.joined(separator: "\n"))
    try FileSystem.remove(scratch.path("value.txt", of: a))
    #expect(try scratch.store.state(of: a, contents: true) == .whole)
    let notes = Notes()
    let plan = try Plan(suite: "s", artifacts: [a, b])
    #expect(try scratch.coordinator(notes: notes).run(plan).isComplete)
    #expect(notes.text == "redone: a (damaged: value.txt is missing)\n")
    #expect(scratch.log == ["a", "b", "a", "b"])
  }

  @Test func aDamagedCheckpointIsToldAndTheWorkStartsAgain() throws {
    let a = artifact("a", #"{"resumes":true,"value":1}"#)
    try scratch.store.prepare()
    try scratch.store.saveCheckpoint("state", of: a.key) {
      try Data("41".utf8).write(to: URL(fileURLWithPath: $0))
    }
    let folder = scratch.store.paths.checkpoints(of: a.key)
    let name = try #require(try FileSystem.names(in: folder).first)
    try Data("42".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    let notes = Notes()
    let plan = try Plan(suite: "s", artifacts: [a])
    #expect(try scratch.coordinator(notes: notes).run(plan).isComplete)
    #expect(
      notes.text
        == "redone: a (damaged: its checkpoint state changed after it was written; it starts again)\n"
    )
    #expect(try value(a) == #"{"value":1}"#)
  }

  @Test func aWorkerThatClosedItsInputIsToldAndNotWaitedFor() throws {
    var coordinator = try scratch.coordinator(arguments: ["-c", "exec 0<&-; exec sleep 1000"])
    coordinator.executable = "/bin/sh"
    let expected = LaboratoryError.workerDoesNotStart(
      path: "/bin/sh",
      ending: "was killed by signal 9 (Killed), perhaps for want of memory before it was ready",
      lastLines: ["it closed its standard input, where its orders come from"])
    #expect(throws: expected) { try coordinator.run(Plan(suite: "s", artifacts: [artifact("a")])) }
  }

  /// A stack so large that no thread gets one.
  static let withoutThreads = "ulimit -s 100000000000 && exec \"$0\" \"$@\""

  @Test func aWorkerThatCannotStartAThreadSaysSo() throws {
    var coordinator = try scratch.coordinator(
      arguments: ["-c", Self.withoutThreads, try Scratch.executable])
    coordinator.executable = "/bin/sh"
    let expected = LaboratoryError.noThread(reason: "Resource temporarily unavailable")
    #expect(throws: expected) { try coordinator.run(Plan(suite: "s", artifacts: [artifact("a")])) }
  }

  @Test func publishingNeedsNoThread() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", Self.withoutThreads, try Scratch.executable, "publish", scratch.store.paths.root,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let size = try scratch.store.size()
    #expect(size.artifacts.mapValues(\.count) == ["number": 1])
  }
}
