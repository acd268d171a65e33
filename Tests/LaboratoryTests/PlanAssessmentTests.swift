import Foundation
import Testing

@testable import Laboratory

struct PlanAssessmentTests {
  @Test func tellsWhatIsThereAndWhyTheRestIsNot() throws {
    let scratch = try Scratch()
    let there = artifact("there", #"{"value":1}"#)
    let broken = artifact("broken", #"{"value":2}"#)
    let old = artifact("changed", #"{"steps":1}"#)
    let new = artifact("changed", #"{"steps":2}"#)
    let oldChild = artifact("child", "{}", inputs: [old])
    let newChild = artifact("child", "{}", inputs: [new])
    let fresh = artifact("fresh", #"{"value":3}"#)
    try scratch.publish(there)
    try scratch.publish(broken)
    try scratch.overwrite("value.txt", of: broken, with: "longer than before")
    try scratch.store.save(Plan(suite: "s", artifacts: [there, broken, old, oldChild]))

    let plan = try Plan(suite: "s", artifacts: [there, broken, new, newChild, fresh])
    let assessment = try scratch.store.assess(plan)
    #expect(
      assessment.standings == [
        .cached,
        .toCompute(.damaged(.sizeDiffers(file: "value.txt", expected: 3, found: 18))),
        .toCompute(.changed([FieldChange(path: "steps", old: "1", new: "2")])),
        .toCompute(.inputRedone(label: "changed")), .toCompute(.firstTime),
      ])
    #expect(assessment.cached == [there.key])
    #expect(assessment.toCompute.map(\.artifact) == [broken, new, newChild, fresh])
    #expect(
      assessment.redoneLines() == [
        "redone: broken (damaged: value.txt has 18 bytes instead of 3)",
        "redone: changed (changed: steps: 1 → 2)", "redone: child (an input is redone)",
      ])
    #expect(assessment.redoneLines(limit: 1).count == 2)

    // Another suite's plan explains nothing.
    let other = try scratch.store.assess(Plan(suite: "other", artifacts: [new]))
    #expect(other.standings == [.toCompute(.firstTime)])
  }

  @Test func calibratesCostsByWhatCachedArtifactsTook() throws {
    let scratch = try Scratch()
    let a = artifact("a", #"{"value":1}"#, kind: "slow", cost: 2)
    let b = artifact("b", #"{"value":2}"#, kind: "slow", cost: 2)
    let c = artifact("c", #"{"value":3}"#, kind: "slow", cost: 1)
    let d = artifact("d", #"{"value":4}"#, kind: "fast", cost: 4)
    let e = artifact("e", #"{"value":5}"#, kind: "fast", cost: 1)
    let f = artifact("f", #"{"value":6}"#, kind: "unknown", cost: 1)
    try scratch.publish(a, provenance: #"{"seconds":5}"#)
    try scratch.publish(b, provenance: #"{"seconds":7.0}"#)
    try scratch.publish(d, provenance: #"{"seconds":2}"#)
    let assessment = try scratch.store.assess(Plan(suite: "s", artifacts: [a, b, c, d, e, f]))
    // slow: 12 s for 4; fast: 2 s for 4; all: 14 s for 8.
    #expect(assessment.seconds == [6, 6, 3, 2, 0.5, 1.75])
    #expect(assessment.seconds.reduce(0, +) == 19.25)
    #expect(assessment.remainingSeconds == 5.25)
  }

  @Test func oneChainIsNoFasterWithMoreWorkers() throws {
    let a = artifact("a", #"{"value":1}"#, cost: 2)
    let b = artifact("b", #"{"value":2}"#, inputs: [a], cost: 3)
    let c = artifact("c", #"{"value":3}"#, cost: 5)
    let plan = try Plan(suite: "s", artifacts: [a, b, c])
    let assessment = try Scratch().store.assess(plan)
    #expect(assessment.estimatedSeconds(workers: 1) == 10)
    #expect(assessment.estimatedSeconds(workers: 2) == 5)
    #expect(assessment.estimatedSeconds(workers: 8) == 5)
    #expect(assessment.estimatedSeconds(workers: 0) == 10)
  }

  @Test func whatLacksFilesIsNotThere() throws {
    let scratch = try Scratch()
    let states = [2, 4].map { state("w", $0, keeps: ["a", "b"]) }
    let bare = [2, 4].map { state("w", $0, keeps: []) }
    try scratch.publish(bare[0], provenance: #"{"seconds":3}"#, files: ["a": "one"])
    try scratch.publish(states[1], files: ["a": "one", "b": "two"])
    let assessment = try scratch.store.assess(Plan(suite: "s", artifacts: states))
    #expect(assessment.standings == [.toCompute(.notKept(["b"])), .cached])
    #expect(assessment.redoneLines() == ["redone: w/2 (its b was not kept)"])
    // It tells how long it takes all the same.
    #expect(assessment.seconds == [3, 3])
    #expect(
      try scratch.store.assess(Plan(suite: "s", artifacts: bare)).standings == [.cached, .cached])
  }

  @Test func aWalkIsMadeByOneWorker() throws {
    let states = zip([2, 4, 6], [5.0, 2, 1]).map { state("w", $0, cost: $1) }
    let early = artifact("early", #"{"value":1}"#, inputs: [states[0]], cost: 4)
    let late = artifact("late", #"{"value":1}"#, inputs: [states[1]], cost: 3)
    let plan = try Plan(suite: "s", artifacts: states.reversed() + [early, late])
    let assessment = try Scratch().store.assess(plan)
    #expect(assessment.seconds.reduce(0, +) == 15)
    // 5 + 2 + 3 behind the second state; the first one's reader ends at 9.
    #expect(assessment.estimatedSeconds(workers: 9) == 10)
    #expect(assessment.estimatedSeconds(workers: 1) == 15)
  }
}
