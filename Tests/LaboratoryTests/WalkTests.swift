import Foundation
import Testing

@testable import Laboratory

/// Walks from the coordinator's side: `state(name, k)` is the test worker's walk after k steps.
struct WalkTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// The value after so many steps, by the worker's rule.
  func value(after steps: Int, from first: Int = 7) -> Int {
    (1...steps).reduce(first) { ($0 * 31 + $1) % 1_000_003 }
  }

  func result(_ artifact: Artifact) throws -> String {
    String(decoding: try scratch.store.record(of: artifact.key).result, as: UTF8.self)
  }

  func weights(_ artifact: Artifact) throws -> String {
    try String(
      contentsOfFile: scratch.store.verifiedFile("weights.txt", of: artifact.key), encoding: .utf8)
  }

  func run(_ artifacts: [Artifact], workers: Int = 1, notes: Notes = Notes()) throws -> RunSummary {
    try scratch.coordinator(workers: workers, notes: notes)
      .run(Plan(suite: "s", artifacts: artifacts))
  }

  func expectValues(_ artifacts: [Artifact], location: SourceLocation = #_sourceLocation) throws {
    for artifact in artifacts {
      let step = try #require(artifact.walk?.position, sourceLocation: location)
      let expected = #"{"value":\#(value(after: step))}"#
      #expect(try result(artifact) == expected, sourceLocation: location)
    }
  }

  @Test func isMadeInOnePassAndPublishedInPassing() throws {
    let states = [9, 3, 6].map { state("w", $0, more: #""sleep":0.05"#) }
    let reader = artifact("reader", #"{"value":1}"#, inputs: [states[1]])
    let summary = try run(states + [reader], workers: 2)
    #expect(summary.isComplete && summary.computed == 4)
    #expect(scratch.steps("w") == Array(1...9))
    try expectValues(states)
    #expect(try weights(states[2]) == "\(value(after: 6))")
    #expect(try result(reader) == #"{"value":\#(value(after: 3) + 1)}"#)
    // Its only input was there long before the walk's end.
    let order = scratch.log
    #expect(Set(order) == ["w/3", "w/6", "w/9", "reader"])
    let read = try #require(order.firstIndex(of: "reader"))
    let end = try #require(order.firstIndex(of: "w/9"))
    #expect(read < end)
    #expect(scratch.leftovers == [])
  }

  @Test func oneMoreStateAddsOnlyWhatIsBetween() throws {
    let first = [4, 8].map { state("w", $0) }
    #expect(try run(first).computed == 2)
    let more = [4, 6, 8, 10].map { state("w", $0) }
    let summary = try run(more)
    #expect(summary.isComplete && summary.computed == 2 && summary.cached == 2)
    // From 4 on to the last that is missing; 8 is made once more on the way, and compared.
    #expect(scratch.steps("w") == Array(1...8) + Array(5...10))
    try expectValues(more)
    let later = [state("w", 12)]
    #expect(try run(more + later).computed == 1)
    #expect(scratch.steps("w").suffix(2) == [11, 12])
  }

  @Test func whatWasNotKeptIsMadeAgainAndIsTheSame() throws {
    let bare = [state("w", 4, keeps: ["extra.txt"]), state("w", 8, keeps: [])]
    #expect(try run(bare).isComplete)
    let record = try scratch.store.record(of: bare[0].key)
    let notes = Notes()
    let wanted = [state("w", 4), state("w", 8, keeps: []), state("w", 6)]
    let reader = artifact("reader", #"{"value":1}"#, inputs: [wanted[0]])
    let summary = try run(wanted + [reader], notes: notes)
    #expect(summary.isComplete && summary.computed == 3 && summary.cached == 1)
    #expect(notes.text == "redone: w/4 (its weights.txt was not kept)\n")
    #expect(scratch.steps("w") == Array(1...8) + Array(1...6))
    #expect(try weights(wanted[0]) == "\(value(after: 4))")
    // Who reads the other file still finds it.
    let now = try scratch.store.record(of: wanted[0].key)
    #expect(now.files["extra.txt"] == record.files["extra.txt"])
    #expect(now.result == record.result)
    #expect(try scratch.store.state(of: wanted[0], contents: true) == .whole)
    #expect(try scratch.store.state(of: bare[0], contents: true) == .whole)
    #expect(try run(wanted + bare + [reader]).cached == 4)
    #expect(scratch.leftovers == [])
  }

  @Test func aLaterOneThatIsMissingDoesNotHideAnEarlierOneThatLacksFiles() throws {
    #expect(try run([state("w", 2), state("w", 4, keeps: [])]).isComplete)
    let wanted = [2, 4, 8].map { state("w", $0) }
    #expect(try run(wanted).computed == 2)
    #expect(scratch.steps("w").suffix(6) == Array(3...8))
    #expect(try weights(wanted[1]) == "\(value(after: 4))")
    try expectValues(wanted)
  }

  @Test func whatIsMadeAgainAndDiffersFailsAndStays() throws {
    let astray = scratch.folder + "/astray"
    let more = #""astray":"\#(astray)","checkpoint":2"#
    let bare = state("w", 3, more: more, keeps: [])
    #expect(try run([bare]).isComplete)
    append("", to: astray)
    let wanted = state("w", 3, more: more)
    let later = state("w", 6, more: more)
    let summary = try run([wanted, later])
    #expect(summary.failures.map(\.label) == ["w/3", "w/6"])
    let message = try #require(summary.failures.first?.message)
    let folder = scratch.store.paths.artifact(bare.key, kind: "state")
    let wrong = value(after: 3) + 31 * 31 + 31 + 1
    #expect(
      message
        == "w/3 was made again and is not what it was: its result differs in value:"
        + " \(value(after: 3)) → \(wrong % 1_000_003). Equal work must give equal bytes: see in"
        + " \(folder)/record.json whether another version, engine or processor made it; without that"
        + " folder it is made anew.")
    try expectValues([bare])
    // Nothing goes on from the checkpoint of what went astray.
    #expect(scratch.leftovers == [])
    try FileSystem.remove(astray)
    #expect(try run([wanted, later]).isComplete)
    try expectValues([wanted, later])
  }

  @Test func whatIsThereIsComparedOnTheWay() throws {
    let astray = scratch.folder + "/astray"
    let more = #""astray":"\#(astray)""#
    let there = state("w", 4, more: more, keeps: [])
    #expect(try run([there]).isComplete)
    append("", to: astray)
    let states = [2, 6].map { state("w", $0, more: more) }
    let summary = try run([there] + states)
    #expect(summary.failures.map(\.label) == ["w/6"])
    #expect(summary.failures[0].message.hasPrefix("w/4 was made again and is not what it was"))
    #expect(try scratch.store.state(of: states[1]) == .absent)
  }

  @Test func goesOnFromItsCheckpointAfterItsWorkerDied() throws {
    let more = #""checkpoint":2,"dies":5,"once":"\#(scratch.folder)/once""#
    let states = [3, 9].map { state("w", $0, more: more) }
    let notes = Notes()
    #expect(try run(states, notes: notes).isComplete)
    // The checkpoint is of step 4, the state of step 3.
    #expect(scratch.steps("w") == Array(1...5) + Array(5...9))
    let death = "its worker was killed by signal 9 (Killed), perhaps for want of memory"
    #expect(notes.text == "w/9: \(death); tried again (1 of 4)\n")
    #expect(scratch.log == ["w/3", "w/9"])
    try expectValues(states)
    #expect(scratch.leftovers == [])
  }

  @Test func goesOnFromWhatItPublishedAfterItsWorkerDied() throws {
    let more = #""dies":5,"once":"\#(scratch.folder)/once""#
    let states = [3, 9].map { state("w", $0, more: more) }
    #expect(try run(states).isComplete)
    #expect(scratch.steps("w") == Array(1...5) + Array(4...9))
    try expectValues(states)
  }

  @Test func aWorkerThatDiesAfterAllIsPublishedIsNotMourned() throws {
    let states = [3, 6].map {
      state("w", $0, more: #""dies":6,"once":"\#(scratch.folder)/once""#)
    }
    let other = artifact("other", #"{"value":1}"#, inputs: [states[1]])
    let notes = Notes()
    #expect(try run(states + [other], notes: notes).isComplete)
    #expect(notes.text == "")
    #expect(scratch.steps("w") == Array(1...6))
    #expect(scratch.pids.count == 2)
  }

  @Test func failsFromWhereItFailsAndWhatCameBeforeServes() throws {
    let states = [3, 4, 6, 8].map { state("w", $0, more: #""fails":5"#) }
    let served = artifact("served", #"{"value":1}"#, inputs: [states[1]])
    let waiting = artifact("waiting", #"{"value":2}"#, inputs: [states[3]])
    let notes = Notes()
    let summary = try run(states + [served, waiting], notes: notes)
    #expect(summary.failures.map(\.label) == ["w/6", "w/8"])
    #expect(summary.notRun.map(\.label) == ["waiting"])
    #expect(summary.done == 3)
    #expect(notes.text == "failed: w/6: stumbled at 5\n")
    #expect(summary.description.hasPrefix("failed 2 times: w/6, w/8: stumbled at 5\n"))
    #expect(try result(served) == #"{"value":\#(value(after: 4) + 1)}"#)
  }

  @Test func mayForgetNothing() throws {
    let states = [3, 6].map { state("w", $0, more: #""forgets":3"#) }
    let summary = try run(states)
    #expect(summary.failures.map(\.label) == ["w/3"])
    #expect(
      summary.failures.first?.message
        == "What was made for w/3 cannot be kept: the work ended without it.")
    try expectValues([states[1]])
  }

  @Test func whatDivergedIsWholeWithoutItsFiles() throws {
    let states = [2, 4, 6].map { state("w", $0, more: #""diverges":3"#) }
    #expect(try run(states).isComplete)
    #expect(try states.map(result).suffix(2) == [#"{"diverged":true}"#, #"{"diverged":true}"#])
    let record = try scratch.store.record(of: states[2].key)
    #expect(record.files == [:] && record.withholds == ["weights.txt"])
    #expect(try run(states).cached == 3)
    // Another file that was never asked for is another matter: the walk has to say that it cannot be.
    let more = state("w", 6, more: #""diverges":3"#, keeps: ["extra.txt"])
    #expect(try run(states + [more]).computed == 1)
    #expect(
      try scratch.store.record(of: more.key).withholds == ["weights.txt", "extra.txt"])
    #expect(try run(states + [more]).cached == 3)
  }

  @Test func aDamagedStateThatItStartsFromIsMadeAgainWithTheRest() throws {
    let states = [2, 4, 8].map { state("w", $0) }
    #expect(try run(Array(states.prefix(2))).isComplete)
    let text = String(repeating: "9", count: "\(value(after: 4))".count)
    try scratch.overwrite("weights.txt", of: states[1], with: text)
    let notes = Notes()
    #expect(try run(states, notes: notes).isComplete)
    #expect(
      notes.text
        == "redone: w/4 (damaged: the contents of weights.txt changed after it was written)\n")
    #expect(scratch.steps("w") == Array(1...4) + Array(3...8))
    try expectValues(states)
    #expect(try weights(states[1]) == "\(value(after: 4))")
  }

  @Test func aStateOfTheWrongSizeIsMadeAgain() throws {
    let states = [2, 4, 6].map { state("w", $0) }
    #expect(try run(states).isComplete)
    try scratch.overwrite("weights.txt", of: states[1], with: "1")
    let summary = try run(states)
    #expect(summary.isComplete && summary.cached == 2 && summary.computed == 1)
    #expect(scratch.steps("w") == Array(1...6) + [3, 4])
    try expectValues(states)
  }

  @Test func aDamagedCheckpointIsToldAndTheWalkStartsAgain() throws {
    let states = [3, 6].map { state("w", $0) }
    try scratch.publish(
      states[0], result: #"{"value":\#(value(after: 3))}"#,
      files: ["weights.txt": "\(value(after: 3))"])
    let id = states[0].walkID
    try scratch.store.saveCheckpoint("state", of: id) {
      try Data("4 1".utf8).write(to: URL(fileURLWithPath: $0))
    }
    let folder = scratch.store.paths.checkpoints(of: id)
    let name = try #require(try FileSystem.names(in: folder).first)
    try Data("4 2".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    let notes = Notes()
    #expect(try run(states, notes: notes).isComplete)
    #expect(
      notes.text
        == "redone: w/6 (damaged: its checkpoint state changed after it was written; it starts"
        + " again)\n")
    #expect(scratch.steps("w") == [4, 5, 6])
    try expectValues(states)
    #expect(scratch.leftovers == [])
  }

  @Test func aFileThatWasMissedIsKeptAlthoughThePlanDoesNotSaySo() throws {
    let bare = state("w", 4, keeps: [])
    let reader = artifact("reader", #"{"value":1}"#, inputs: [bare])
    let notes = Notes()
    #expect(try run([bare, reader], notes: notes).isComplete)
    #expect(notes.text == "redone: w/4 (damaged: weights.txt is missing)\n")
    #expect(try weights(bare) == "\(value(after: 4))")
    #expect(scratch.steps("w") == Array(1...4) + Array(1...4))
  }

  @Test func walksOfAFamilyAreTriedOneAtATime() throws {
    let states = ["a", "b", "c", "d"].flatMap { name in
      [2, 4].map { state(name, $0, more: #""fails":1"#, family: "f") }
    }
    let summary = try run(states, workers: 3)
    // Two walks failed alike; each counts once, although two states failed with it.
    #expect(summary.failures.map(\.label) == ["a/2", "a/4", "b/2", "b/4"])
    #expect(summary.notRun.map(\.label) == ["c/2", "c/4", "d/2", "d/4"])
    #expect(scratch.steps("c") == [])
  }
}

func append(_ line: String, to path: String) {
  let old = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  try? (old + line + "\n").write(toFile: path, atomically: true, encoding: .utf8)
}
