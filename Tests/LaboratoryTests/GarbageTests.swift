import Digests
import Foundation
import Testing

@testable import Laboratory

struct GarbageTests {
  let scratch: Scratch
  let store: Store

  init() throws {
    scratch = try Scratch()
    store = scratch.store
    try store.prepare()
  }

  func file(_ path: String, _ text: String = "12345") throws {
    try FileSystem.makeFolder(FileSystem.folder(of: path))
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  func owner(startTime: UInt64? = nil, host: String? = nil) -> Owner {
    let me = Owner.current
    return Owner(
      pid: me.pid, startTime: startTime ?? me.startTime, boot: me.boot, host: host ?? me.host)
  }

  func claim(_ key: Key, by owner: Owner) throws {
    let note = ClaimNote(owner: owner, heartbeat: "0")
    try JSONEncoder().encode(note).write(to: URL(fileURLWithPath: store.paths.claim(on: key)))
  }

  func found() throws -> [String: Garbage.Reason] {
    let garbage = try store.garbage(patience: 0)
    return Dictionary(uniqueKeysWithValues: garbage.items.map { ($0.path, $0.reason) })
  }

  @Test func findsWhatTheDeadLeft() throws {
    let key = artifact("a").key
    let dead = owner(startTime: 1)
    let distant = owner(host: "0123456789abcdef")
    let live = owner()
    try file(store.paths.temporary + "/x.\(dead.tag).1/value.txt")
    try file(store.paths.temporary + "/x.\(live.tag).2/value.txt")
    try file(store.paths.temporary + "/notes.txt")
    try claim(key, by: dead)
    #expect(
      try found() == [
        "temporary/x.\(dead.tag).1": .abandoned,
        "claims/\(key)": .deadClaim(key, ClaimNote(owner: dead, heartbeat: "0")),
      ])

    // A silent host's claim and folder go; its folder stays while its claim beats.
    try file(store.paths.temporary + "/x.\(distant.tag).3/value.txt")
    try claim(key, by: distant)
    #expect(try found()["claims/\(key)"] != nil)
    #expect(try found()["temporary/x.\(distant.tag).3"] == .abandoned)
    let garbage = try store.garbage(patience: 0)
    #expect(garbage.bytes == garbage.items.reduce(0) { $0 + $1.bytes })
    #expect(garbage.items.first { $0.path == "temporary/x.\(dead.tag).1" }?.bytes == 5)
    try store.remove(garbage)
    #expect(scratch.leftovers == ["notes.txt", "x.\(live.tag).2"])
  }

  @Test func aDistantOwnerWhoseClaimBeatsIsLeftAlone() async throws {
    let key = artifact("a").key
    let distant = owner(host: "0123456789abcdef")
    try file(store.paths.temporary + "/x.\(distant.tag).3/value.txt")
    try claim(key, by: distant)
    let silent = ClaimNote(owner: distant, heartbeat: "0")
    let beating = Background { [store] shouldStop in
      var beat = 0
      while !shouldStop() {
        beat += 1
        let note = ClaimNote(owner: distant, heartbeat: "\(beat)")
        try JSONEncoder().encode(note)
          .write(to: URL(fileURLWithPath: store.paths.claim(on: key)), options: .atomic)
      }
    }
    try wait(for: "a heartbeat") { try store.claimStatus(of: key) != .held(silent) }
    let garbage = try store.garbage(patience: 0.5)
    beating.stop()
    try beating.value()
    #expect(garbage.items == [])
  }

  @Test func findsStaleCheckpoints() throws {
    let done = artifact("done", #"{"value":1}"#)
    let planned = artifact("planned", #"{"value":2}"#)
    let forgotten = artifact("forgotten", #"{"value":3}"#)
    let claimed = artifact("claimed", #"{"value":4}"#)
    try scratch.publish(done)
    for artifact in [done, planned, forgotten, claimed] {
      try file(store.paths.checkpoints(of: artifact.key) + "/state")
    }
    try claim(claimed.key, by: owner())
    try store.save(Plan(suite: "s", artifacts: [done, planned]))
    #expect(
      try found() == [
        "checkpoints/\(done.key)": .staleCheckpoint(done.key),
        "checkpoints/\(forgotten.key)": .staleCheckpoint(forgotten.key),
      ])
  }

  @Test func aWalksCheckpointStaysWhileSomethingOfItIsToBeMade() throws {
    let states = [2, 4].map { state("w", $0) }
    let checkpoint = store.paths.checkpoints(of: states[0].walkID)
    try scratch.publish(states[0], files: ["weights.txt": "one"])
    try file(checkpoint + "/state")
    try store.save(Plan(suite: "s", artifacts: states))
    #expect(try found() == [:])
    // All is there, but one file.
    try scratch.publish(state("w", 4, keeps: []), files: [:])
    #expect(try found() == [:])
    // Another plan that wants less saves nothing.
    try store.save(Plan(suite: "t", artifacts: [state("w", 2)]))
    #expect(try found() == [:])
    let reason = Garbage.Reason.staleCheckpoint(states[0].walkID)
    let garbage = Garbage(items: [
      Garbage.Item(path: "checkpoints/\(states[0].walkID)", reason: reason, bytes: 5)
    ])
    #expect(try store.remove(garbage) == 0)
    try scratch.publish(states[1], files: ["weights.txt": "two"])
    #expect(try found() == ["checkpoints/\(states[0].walkID)": reason])
    #expect(try store.remove(garbage) == 5)
    #expect(try store.state(of: states[1]) == .whole)
  }

  @Test func whatAWalkHasPublishedStaysWhileItIsUnderWay() throws {
    let states = [2, 4].map { state("w", $0) }
    let plan = try Plan(suite: "s", artifacts: states)
    try scratch.publish(states[0], files: ["weights.txt": "one"])
    try file(store.paths.checkpoints(of: states[0].walkID) + "/state")
    try claim(states[0].walkID, by: owner())
    let lease = try store.lease(plan)
    let garbage = try withExtendedLifetime(lease) { try found() }
    #expect(garbage == [:])
  }

  @Test func findsDamagedAndUnusedArtifacts() throws {
    let kept = artifact("kept", #"{"value":1}"#)
    let unused = artifact("unused", #"{"value":2}"#)
    let claimed = artifact("claimed", #"{"value":3}"#)
    let broken = artifact("broken", #"{"value":4}"#)
    for artifact in [kept, unused, claimed, broken] { try scratch.publish(artifact) }
    try scratch.overwrite("value.txt", of: broken, with: "longer")
    try claim(claimed.key, by: owner())
    let damage = Damage.sizeDiffers(file: "value.txt", expected: 3, found: 6)
    let path = { (artifact: Artifact) in
      "artifacts/number/\(artifact.key.description.prefix(2))/\(artifact.key)"
    }
    try store.save(Plan(suite: "s", artifacts: [kept]))
    #expect(
      try found() == [
        path(broken): .damaged(broken.key, damage), path(unused): .unused(unused.key),
      ])

    // Looking deletes nothing.
    #expect(try store.state(of: unused) == .whole)
    let garbage = try store.garbage(patience: 0)
    // What was mended between looking and deleting stays.
    try scratch.overwrite("value.txt", of: broken, with: "one")
    // What is told is what was deleted.
    let bytes = try FileSystem.size(ofTree: "\(store.paths.root)/\(path(unused))")
    #expect(try store.remove(garbage) == bytes)
    #expect(try store.state(of: kept) == .whole)
    #expect(try store.state(of: claimed) == .whole)
    #expect(try store.state(of: broken) == .whole)
    #expect(try store.state(of: unused) == .absent)
    #expect(try FileSystem.names(in: store.paths.temporary) == [])
  }

  @Test func anArtifactClaimedSinceStays() throws {
    let unused = artifact("unused")
    try scratch.publish(unused)
    let garbage = try store.garbage(patience: 0)
    try claim(unused.key, by: owner())
    try store.remove(garbage)
    #expect(try store.state(of: unused) == .whole)
  }

  @Test func whatASavedPlanNeedsSinceStays() throws {
    let unused = artifact("unused", #"{"value":1}"#)
    let begun = artifact("begun", #"{"value":2}"#)
    let worked = artifact("worked", #"{"value":3}"#)
    try scratch.publish(unused)
    for artifact in [begun, worked] {
      try file(store.paths.checkpoints(of: artifact.key) + "/state")
    }
    let garbage = try store.garbage(patience: 0)
    #expect(garbage.items.count == 3)
    try store.save(Plan(suite: "s", artifacts: [unused, begun]))
    try claim(worked.key, by: owner())
    #expect(try store.remove(garbage) == 0)
    #expect(try store.state(of: unused) == .whole)
    for artifact in [begun, worked] {
      #expect(FileSystem.size(ofFile: store.paths.checkpoints(of: artifact.key) + "/state") == 5)
    }
    #expect(try FileSystem.names(in: store.paths.temporary) == [])
  }

  @Test func aPlanSavedWhileARunIsGivenTimeIsSeen() throws {
    let plan = try plan(reading: abc)
    try claim(artifact("a").key, by: owner(host: "0123456789abcdef"))
    try store.save(plan)
    try scratch.publish(plan.artifacts[0])
    let lease = try store.lease(plan)
    let opened = Opened([
      "claims": store.paths.claims, "leases": store.paths.temporary, "plans": store.paths.plans,
    ])
    let garbage = try withExtendedLifetime(lease) { try store.garbage(patience: 0) }
    #expect(garbage.items.map(\.path) == ["claims/\(artifact("a").key)"])
    // Claims are waited for, and a run saves its plan before it gives up its lease.
    #expect(opened.order() == ["leases", "claims", "leases", "plans"])
  }

  let abc = Digest.sha256(of: Data("abc".utf8))
  let def = Digest.sha256(of: Data("def".utf8))
  /// A plan of one artifact.
  func plan(reading digest: Digest) throws -> Plan {
    try Plan(
      suite: "s", artifacts: [artifact("a", #"{"digests":["\#(digest)"]}"#)])
  }

  @Test func whatALivingProcessWorksOnStays() throws {
    let plans = try [plan(reading: abc), plan(reading: def)]
    for plan in plans { try scratch.publish(plan.artifacts[0]) }
    let leases = try plans.map(store.lease)
    #expect(try found() == [:])
    try withExtendedLifetime(leases) {
      // What a dead process had goes.
      let dead = owner(startTime: 1)
      for name in try FileSystem.names(in: store.paths.temporary) {
        let left = name.replacing(Owner.current.tag, with: dead.tag)
        #expect(
          try FileSystem.move(
            "\(store.paths.temporary)/\(name)", to: "\(store.paths.temporary)/\(left)"))
      }
      let reasons = Set(try found().values)
      #expect(
        reasons == [
          .abandoned, .unused(plans[0].artifacts[0].key),
          .unused(plans[1].artifacts[0].key),
        ])
      try store.remove(store.garbage(patience: 0))
      #expect(try store.state(of: plans[0].artifacts[0]) == .absent)
      #expect(scratch.leftovers == [])
    }
  }

  @Test func whatIsLeasedSinceStays() throws {
    let plan = try plan(reading: abc)
    try scratch.publish(plan.artifacts[0])
    let garbage = try store.garbage(patience: 0)
    #expect(garbage.items.count == 1)
    let lease = try store.lease(plan)
    let freed = try withExtendedLifetime(lease) { try store.remove(garbage) }
    #expect(freed == 0)
    #expect(try store.state(of: plan.artifacts[0]) == .whole)
  }

  @Test func aDistantLeaseIsKeptWhileItBeats() throws {
    let plan = try plan(reading: abc)
    try scratch.publish(plan.artifacts[0])
    let folder = "artifacts/number/\(plan.artifacts[0].key.description.prefix(2))"
    let lease = try store.lease(plan)
    let name = try #require(try FileSystem.names(in: store.paths.temporary).first)
    let distant = name.replacing(
      Owner.current.tag, with: owner(host: "0123456789abcdef").tag)
    let path = "\(store.paths.temporary)/\(distant)"
    #expect(try FileSystem.move("\(store.paths.temporary)/\(name)", to: path))
    #expect(
      try found() == [
        "temporary/\(distant)": .abandoned,
        "\(folder)/\(plan.artifacts[0].key)": .unused(plan.artifacts[0].key),
      ])
    let beating = Background { shouldStop in
      var beats = 0
      let rest = Data(try FileSystem.read(path)!.dropFirst(20))
      while !shouldStop() {
        beats += 1
        let digits = String(String("00000000000000000000\(beats)").suffix(20))
        try (Data(digits.utf8) + rest).write(to: URL(fileURLWithPath: path), options: .atomic)
      }
    }
    let first = try store.leaseBeats()
    try wait(for: "a beat") { try store.leaseBeats() != first }
    let garbage = try store.garbage(patience: 0.5)
    beating.stop()
    try beating.value()
    withExtendedLifetime(lease) {}
    #expect(garbage.items == [])
  }

  @Test func whatTheStoreDoesNotNameStays() throws {
    let names = [
      "images/holiday.jpg", "images/2024/beach.images", "images/\(abc).images",
      "artifacts/notes.txt",
      "artifacts/model/weights.bin", "checkpoints/best.pt", "claims/expenses.pdf",
      "temporary/draft",
      "plans/garden.txt", "checkpoints/\(artifact("a").key)/state",
    ]
    for name in names { try file("\(store.paths.root)/\(name)") }
    let garbage = try store.garbage(patience: 0)
    #expect(garbage.items.map(\.path) == ["checkpoints/\(artifact("a").key)"])
    try store.remove(garbage)
    for name in names.dropLast() {
      #expect(FileSystem.size(ofFile: "\(store.paths.root)/\(name)") == 5, "\(name)")
    }
  }

  @Test func aFolderWithoutMarkerHasNone() throws {
    let foreign = Store(root: scratch.folder + "/foreign")
    try file(foreign.paths.checkpoints + "/\(artifact("a").key)/state")
    let error = LaboratoryError.notAStore(path: foreign.paths.root)
    #expect(throws: error) { try foreign.garbage(patience: 0) }
    #expect(throws: error) { try foreign.verify() }
    #expect(throws: error) { try foreign.remove(Garbage(items: [])) }
    #expect(throws: error) { try foreign.remove(Verification()) }
    #expect(throws: LaboratoryError.self) {
      try Store(root: scratch.folder + "/none").garbage()
    }
    #expect(try FileSystem.size(ofTree: foreign.paths.root) == 5)
  }
}
