import Foundation
import Glibc
import Testing

@testable import Laboratory

/// kill -9 of any process at any moment.
///
/// What happens depends on timing, and what must come out does not.
struct KillTests {
  /// A linear congruential generator (Knuth, MMIX), so that the moments are the same in each run.
  struct Moments: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 16 | state << 48
    }
  }

  let plan: Plan
  let undisturbed: [Data]

  init() throws {
    plan = try KillTests.walkingPlan()
    let scratch = try Scratch()
    #expect(try scratch.coordinator().run(plan).isComplete)
    undisturbed = try scratch.results(plan)
  }

  /// Walks of which each starts from a state of the one before, with checkpoints and readers in between, and
  /// works that are made alone.
  static func walkingPlan() throws -> Plan {
    var all: [Artifact] = []
    var last: [Artifact] = []
    for layer in 0..<3 {
      let alone = artifact("alone \(layer)", #"{"sleep":0.02,"value":\#(layer)}"#, inputs: last)
      let states = ["v", "w"].flatMap { name in
        [1, 3, 4, 8].map { step in
          state(
            "\(name)\(layer)", step, more: #""checkpoint":2,"sleep":0.008"#, inputs: last,
            keeps: step % 4 == 0 ? ["weights.txt"] : ["weights.txt", "extra.txt"])
        }
      }
      all += states + [alone] + states.map { artifact("reads \($0.label)", inputs: [$0]) }
      last = [states[2], states[7], alone]
    }
    return try Plan(suite: "walks", artifacts: all)
  }

  func expectSame(_ scratch: Scratch) throws {
    #expect(try scratch.results(plan) == undisturbed)
    #expect(
      try plan.artifacts.allSatisfy { try scratch.store.state(of: $0, contents: true) == .whole })
    // Killed between the last publication and the end: a checkpoint that serves nothing any more, and the
    // lease of a plan of which there was nothing left to do.
    let garbage = try scratch.store.garbage(patience: 0)
    let last = ["checkpoints/", "temporary/lease."]
    #expect(
      garbage.items.allSatisfy { last.contains(where: $0.path.hasPrefix) }, "\(garbage.items)")
    try scratch.store.remove(garbage)
    #expect(scratch.leftovers == [])
    #expect(scratch.workers.filter(\.isRunning).isEmpty)
  }

  @Test(arguments: [1, 2, 3]) func ofWorkers(seed: UInt64) throws {
    let scratch = try Scratch()
    let killing = Background { [pids = scratch.folder + "/pids"] shouldStop in
      var moments = Moments(state: seed)
      var kills = 0
      while !shouldStop() {
        usleep(UInt32.random(in: 1000...60_000, using: &moments))
        let text = try? String(contentsOfFile: pids, encoding: .utf8)
        let workers = (text ?? "").split(separator: "\n")
          .compactMap { RecordedProcess(line: String($0)) }.filter(\.isRunning)
        if let worker = workers.randomElement(using: &moments), kill(worker.pid, SIGKILL) == 0 {
          kills += 1
        }
      }
      return kills
    }
    // An artifact may be so unlucky as to fail; the same command continues.
    for _ in 0..<3 { _ = try scratch.coordinator().run(plan) }
    killing.stop()
    #expect(try killing.value() > 5)
    #expect(try scratch.coordinator().run(plan).isComplete)
    try expectSame(scratch)
  }

  @Test(arguments: [4, 5]) func ofCoordinators(seed: UInt64) throws {
    let scratch = try Scratch()
    var moments = Moments(state: seed)
    var kills = 0
    for _ in 0..<8 {
      let process = try scratch.startCoordinator(plan)
      usleep(UInt32.random(in: 20_000...250_000, using: &moments))
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        kills += 1
      }
      process.waitUntilExit()
      // Without its coordinator no worker goes on, even in the middle of its work.
      wait(for: "the workers end") { !scratch.workers.contains(where: \.isRunning) }
    }
    #expect(kills > 1)
    #expect(try scratch.coordinator().run(plan).isComplete)
    try expectSame(scratch)
  }
}
