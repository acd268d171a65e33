import Foundation
import Glibc
import Testing

@testable import Laboratory

/// Several coordinators on one store.
struct SharingTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func twoCoordinatorsComputeEachArtifactOnce() throws {
    let plan = try layeredPlan(layers: 6, width: 6, sleep: 0.03)
    let processes = try [scratch.startCoordinator(plan), scratch.startCoordinator(plan)]
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(scratch.log.sorted() == plan.artifacts.map(\.label).sorted())
    #expect(try plan.artifacts.allSatisfy { try scratch.store.state(of: $0) == .whole })
    // Both had work to do.
    #expect(scratch.pids.count > 2)
    #expect(scratch.leftovers == [])
  }

  @Test func whatALivingProcessHasClaimedIsWaitedFor() throws {
    let a = artifact("a", #"{"value":1}"#)
    let b = artifact("b", #"{"value":2}"#)
    try scratch.store.prepare()
    guard case .taken(let claim) = try scratch.store.claim(a.key) else {
      return #expect(Bool(false))
    }
    let running = Background { [scratch] _ in
      try scratch.coordinator().run(Plan(suite: "s", artifacts: [a, b]))
    }
    try wait(for: "the other artifact") { try scratch.store.state(of: b) == .whole }
    usleep(300_000)
    #expect(scratch.log == ["b"])
    #expect(!running.isOver)
    try scratch.publish(a)
    claim.release()
    let summary = try running.value()
    #expect(summary.isComplete && summary.computed == 1 && summary.elsewhere == 1)
    #expect(scratch.log == ["b"])
  }

  @Test func whatItsOwnerGivesUpIsComputed() throws {
    let a = artifact("a", #"{"value":1}"#)
    try scratch.store.prepare()
    guard case .taken(let claim) = try scratch.store.claim(a.key) else {
      return #expect(Bool(false))
    }
    let running = Background { [scratch] _ in
      try scratch.coordinator().run(Plan(suite: "s", artifacts: [a]))
    }
    wait(for: "a worker") { scratch.pids.count == 1 }
    claim.release()
    let summary = try running.value()
    #expect(summary.isComplete && summary.computed == 1)
  }

  @Test func whatItsOwnerDiesOfIsComputed() throws {
    let plan = try Plan(suite: "s", artifacts: [artifact("a", #"{"sleep":2,"value":1}"#)])
    let other = try scratch.startCoordinator(plan)
    try wait(for: "the other's claim") {
      try !FileSystem.names(in: scratch.store.paths.claims).isEmpty
    }
    let running = Background { [scratch] _ in try scratch.coordinator().run(plan) }
    wait(for: "our worker") { scratch.pids.count == 2 }
    kill(other.processIdentifier, SIGKILL)
    let summary = try running.value()
    #expect(summary.isComplete && summary.computed == 1)
    #expect(scratch.log == ["a", "a"])
    #expect(scratch.leftovers == [])
  }

  @Test func twoPlansShareAWalk() throws {
    let plans = try [[3, 9], [3, 6, 12]].enumerated().map { index, steps in
      let states = steps.map { state("w", $0, more: #""sleep":0.03"#) }
      let reader = artifact("reader \(index)", #"{"value":\#(index)}"#, inputs: [states[0]])
      return try Plan(suite: "s\(index)", artifacts: states + [reader])
    }
    let processes = try plans.map { try scratch.startCoordinator($0) }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    // Each state was made by one of them: what the other had made was looked at again.
    let labels = ["reader 0", "reader 1", "w/12", "w/3", "w/6", "w/9"]
    #expect(scratch.log.sorted() == labels)
    for plan in plans {
      #expect(try plan.artifacts.allSatisfy { try scratch.store.state(of: $0) == .whole })
    }
    // The second walk began where the first had left something to begin with.
    #expect(scratch.steps("w").count < 9 + 12)
    #expect(scratch.leftovers == [])
  }

  @Test func whatAnotherProcessPublishesInPassingServesAtOnce() throws {
    let states = [3, 6].map { state("w", $0) }
    let reader = artifact("reader", #"{"value":1}"#, inputs: [states[0]])
    try scratch.store.prepare()
    guard case .taken(let claim) = try scratch.store.claim(states[0].walkID) else {
      return #expect(Bool(false))
    }
    let running = Background { [scratch] _ in
      try scratch.coordinator().run(Plan(suite: "s", artifacts: states + [reader]))
    }
    wait(for: "a worker") { scratch.pids.count == 1 }
    let value = 7
    try scratch.publish(
      states[0], result: #"{"value":\#(value)}"#, files: ["weights.txt": "\(value)"])
    try wait(for: "the reader") { try scratch.store.state(of: reader) == .whole }
    #expect(scratch.log == ["reader"])
    #expect(!running.isOver)
    claim.release()
    let summary = try running.value()
    #expect(summary.isComplete && summary.computed == 2 && summary.elsewhere == 1)
    // From the other's state on.
    #expect(scratch.steps("w") == [4, 5, 6])
    #expect(scratch.leftovers == [])
  }
}
