import Foundation
import Glibc
import Testing

@testable import Laboratory

struct ClaimTests {
  let scratch: Scratch
  let store: Store
  let key = artifact("claimed").key

  init() throws {
    scratch = try Scratch()
    store = scratch.store
    try store.prepare()
  }

  func taken() throws -> Claim {
    guard case .taken(let claim) = try store.claim(key) else { throw NotTaken() }
    return claim
  }
  struct NotTaken: Error {}

  /// Leaves a claim as another process would.
  func leave(_ note: ClaimNote) throws {
    try JSONEncoder().encode(note).write(to: URL(fileURLWithPath: store.paths.claim(on: key)))
  }

  func note(startTime: UInt64? = nil, host: String? = nil, beat: String = "0") -> ClaimNote {
    let me = Owner.current
    return ClaimNote(
      owner: Owner(
        pid: me.pid, startTime: startTime ?? me.startTime, boot: me.boot, host: host ?? me.host),
      heartbeat: beat)
  }

  @Test func onlyOneHasIt() throws {
    let claim = try taken()
    guard case .held(let note) = try store.claim(key) else { return #expect(Bool(false)) }
    #expect(note.owner == .current)
    claim.release()
    try taken().release()
    #expect(scratch.leftovers == [])
  }

  @Test func heartbeatsAreSeen() throws {
    let claim = try taken()
    var seen: Set<Store.ClaimStatus> = [try store.claimStatus(of: key)]
    for _ in 0..<3 {
      claim.beat()
      seen.insert(try store.claimStatus(of: key))
    }
    #expect(seen.count == 4)
    claim.release()
    #expect(try store.claimStatus(of: key) == .none)
  }

  @Test func aDeadOwnersClaimIsBroken() throws {
    try leave(note(startTime: 1))
    try taken().release()
    #expect(scratch.leftovers == [])
  }

  @Test(arguments: ["", "{}", "\0\0\0"]) func theRestOfAClaimIsBroken(_ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: store.paths.claim(on: key)))
    #expect(try store.claimStatus(of: key) == .unreadable)
    try taken().release()
  }

  @Test func anotherHostsClaimIsLeftAlone() throws {
    let distant = note(host: "0123456789abcdef")
    try leave(distant)
    guard case .held(distant) = try store.claim(key) else { return #expect(Bool(false)) }
  }

  @Test func whatWasNotObservedIsNotBroken() throws {
    let dead = note(startTime: 1)
    let claim = try taken()
    // Somebody was faster than whoever saw `dead`.
    #expect(try !store.breakClaim(key, observed: dead))
    guard case .held(let note) = try store.claimStatus(of: key) else { return #expect(Bool(false)) }
    #expect(note.owner == .current)
    claim.beat()
    claim.release()
    #expect(try store.claimStatus(of: key) == .none)
  }

  @Test func aBrokenClaimsOwnerDoesNotTouchTheNextOwners() throws {
    let first = try taken()
    let next = note(host: "0123456789abcdef")
    #expect(try store.breakClaim(key, observed: note()))
    try leave(next)
    first.beat()
    first.release()
    #expect(try store.claimStatus(of: key) == .held(next))
  }

  @Test func oneOfManyBreaksADeadClaim() async throws {
    for _ in 0..<20 {
      try leave(note(startTime: 1))
      let wins = try await withThrowingTaskGroup(of: Claim?.self) { group in
        for _ in 0..<8 {
          group.addTask { [store, key] in
            if case .taken(let claim) = try store.claim(key) { claim } else { nil }
          }
        }
        return try await group.reduce(into: [Claim]()) { if let claim = $1 { $0.append(claim) } }
      }
      #expect(wins.count >= 1)
      wins.forEach { $0.release() }
      #expect(scratch.leftovers == [])
    }
  }
}

struct ClaimWatchTests {
  let owner = Owner(pid: 1, startTime: 1, boot: "b", host: "0123456789abcdef")
  func note(_ beat: Int) -> ClaimNote { ClaimNote(owner: owner, heartbeat: "\(beat)") }

  @Test func silenceIsDeathAfterEnoughObservations() {
    var watch = ClaimWatch()
    let answers = (0...ClaimWatch.patience).map {
      watch.seesDeath(of: note(0), at: Double($0) * ClaimWatch.heartbeatSeconds)
    }
    #expect(answers.dropLast().allSatisfy { !$0 })
    #expect(answers.last == true)
  }

  @Test func hastyObservationsDoNotCount() {
    var watch = ClaimWatch()
    for tick in 0..<1000 {
      let isDead = watch.seesDeath(of: note(0), at: Double(tick) * 0.001)
      #expect(!isDead)
    }
  }

  @Test func aHeartbeatStartsTheCountAgain() {
    var watch = ClaimWatch()
    for tick in 0..<1000 {
      let beat = tick / ClaimWatch.patience
      let isDead = watch.seesDeath(of: note(beat), at: Double(tick) * ClaimWatch.heartbeatSeconds)
      #expect(!isDead)
    }
  }

  @Test func theUserIsToldOfAWaitSeldom() {
    var watch = ClaimWatch()
    var told: [Int: String] = [:]
    for tick in 0...600 {
      let note = ClaimNote(owner: owner, heartbeat: "\(tick / 5)", machine: "node7")
      _ = watch.seesDeath(of: note, at: Double(tick))
      told[tick] = watch.notice(label: "a", isIdle: true, at: Double(tick))
    }
    #expect(told.keys.sorted() == [60, 120, 240, 480])
    #expect(told[240] == "waiting for a, claimed by process 1 on node7 for at least 4 min")
  }

  @Test func whileThereIsOtherWorkOnlySilenceIsTold() throws {
    var watch = ClaimWatch()
    let me = ClaimNote(owner: .current, heartbeat: "1")
    var told: [Int: String] = [:]
    for tick in 0...100 {
      let note = tick < 50 ? ClaimNote(owner: .current, heartbeat: "\(tick)") : me
      _ = watch.seesDeath(of: note, at: Double(tick))
      told[tick] = watch.notice(label: "a", isIdle: false, at: Double(tick))
    }
    #expect(told.keys.sorted() == [80])
    #expect(
      told[80]
        == "waiting for a, claimed by process \(Owner.current.pid) on this machine for at least"
        + " 1 min 20 s; no sign of life for 30 s")
  }
}

struct StoppedOwnerTests {
  @Test func aStoppedOwnerIsSeenAndHowToGoOnIsTold() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sleep")
    process.arguments = ["1000"]
    try process.run()
    let pid = process.processIdentifier
    defer { kill(pid, SIGKILL) }
    let me = Owner.current
    let owner = Owner(
      pid: pid, startTime: try #require(Owner.startTime(of: pid)), boot: me.boot, host: me.host)
    #expect(!owner.isStopped)
    kill(pid, SIGSTOP)
    wait(for: "the stop") { owner.isStopped }
    #expect(owner.life == .alive)
    var watch = ClaimWatch()
    let note = ClaimNote(owner: owner, heartbeat: "1")
    _ = watch.seesDeath(of: note, at: 0)
    _ = watch.seesDeath(of: note, at: 180)
    let notice = watch.notice(label: "a", isIdle: true, at: 180)
    #expect(
      notice
        == "waiting for a, claimed by process \(pid) on this machine for at least 3 min; no sign of life"
        + " for 3 min: it is stopped (kill -CONT \(pid) continues it, kill -KILL \(pid) ends it)")
  }

  @Test func aWorkerThatIsNotReadyOrStoppedIsToldSeldom() throws {
    let worker = try WorkerProcess(
      executable: "/bin/sleep", arguments: ["1000"], environment: [:], number: 0)
    defer { worker.bury(patience: 0) }
    // To a 1024th of a second, so that sums with whole seconds are exact.
    let start = (worker.startTime * 1024).rounded() / 1024
    let pid = worker.pid
    func told(_ seconds: ClosedRange<Int>) -> [Int: String] {
      var told: [Int: String] = [:]
      for second in seconds {
        told[second] = worker.notice(of: "/bin/sleep", at: start + Double(second))
      }
      return told
    }
    #expect(
      told(1...200) == [
        61: "waiting for worker process \(pid) (/bin/sleep), started 1 min 1 s ago",
        121: "waiting for worker process \(pid) (/bin/sleep), started 2 min 1 s ago",
      ])
    worker.isReady = true
    worker.artifact = artifact("a")
    #expect(told(201...300) == [:])
    kill(pid, SIGSTOP)
    wait(for: "the stop") { ProcessState.isStopped(pid) }
    #expect(
      told(301...400) == [
        361: "worker process \(pid), which has a, is stopped for at least 1 min"
          + " (kill -CONT \(pid) continues it, kill -KILL \(pid) ends it)"
      ])
    kill(pid, SIGCONT)
    wait(for: "its going on") { !ProcessState.isStopped(pid) }
    #expect(told(401...900) == [:])
  }
}
