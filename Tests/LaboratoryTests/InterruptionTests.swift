import Foundation
import Glibc
import Testing

@testable import Laboratory

@Suite(.serialized) struct InterruptionTests {
  @Test(arguments: [SIGINT, SIGTERM]) func stopsInGoodOrder(signal: Int32) throws {
    let scratch = try Scratch()
    let plan = try layeredPlan(layers: 40, width: 2, sleep: 0.05)
    let process = try scratch.startCoordinator(plan)
    wait(for: "some work") { scratch.log.count > 5 }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 2)
    let output = (process.standardOutput as? Pipe)?.fileHandleForReading.availableData ?? Data()
    let done = try plan.artifacts.count { try scratch.store.state(of: $0) == .whole }
    #expect(
      String(decoding: output, as: UTF8.self)
        == "Stopped. \(done) of 80 artifacts are done; the same command continues from here.\n")
    #expect((1..<80).contains(done))
    #expect(scratch.workers.filter(\.isRunning).isEmpty)
    #expect(scratch.leftovers == [])
  }

  /// What SIGINT reaches at a terminal: the whole process group.
  @Test func workersIgnoreAnInterruptFromTheTerminal() throws {
    let scratch = try Scratch()
    let plan = try Plan(suite: "s", artifacts: [artifact("a", #"{"sleep":0.5,"value":1}"#)])
    let running = Background { [scratch] _ in try scratch.coordinator().run(plan) }
    wait(for: "the work") { scratch.log == ["a"] }
    for worker in scratch.pids { kill(worker, SIGINT) }
    #expect(try running.value().computed == 1)
    #expect(scratch.log == ["a"])
  }

  func handler(of signal: Int32) -> Int {
    var action = sigaction()
    sigaction(signal, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
  }

  @Test func noticesOneSignalAndRestoresTheHandlers() {
    let before = handler(of: SIGTERM)
    Interruption.noticing { question in
      #expect(question() == nil)
      #expect(handler(of: SIGTERM) != before)
      raise(SIGTERM)
      #expect(question() == SIGTERM)
      // The next one kills.
      #expect(handler(of: SIGTERM) == 0)
    }
    #expect(handler(of: SIGTERM) == before)
  }

  @Test func signalsIgnoredBeforeStayIgnored() {
    let before = signal(SIGTERM, SIG_IGN)
    defer { signal(SIGTERM, before) }
    Interruption.noticing { question in
      raise(SIGTERM)
      #expect(question() == nil)
    }
  }
}
