import Foundation
import Glibc
import Testing

@testable import Laboratory

/// Disks that are full or cannot be written.
struct StorageFailureTests {
  @Test func aStoreThatCannotBeWrittenStopsTheRunBeforeItStarts() throws {
    let scratch = try Scratch()
    let file = scratch.folder + "/file"
    try Data().write(to: URL(fileURLWithPath: file))
    let coordinator = try scratch.coordinator(store: Store(root: file + "/store"))
    #expect(throws: LaboratoryError.storeNotWritable(path: file, reason: "Not a directory")) {
      try coordinator.run(Plan(suite: "s", artifacts: [artifact("a")]))
    }
    #expect(scratch.pids == [])
  }

  @Test(.enabled(if: canMount, "only root can mount a small disk"))
  func aFullDiskStopsTheRunWithOneErrorAndKeepsWhatIsDone() throws {
    let scratch = try Scratch()
    let disk = try Disk(at: scratch.folder + "/disk", megabytes: 2)
    defer { disk.unmount() }
    let store = Store(root: disk.path + "/store")
    let plan = try Plan(
      suite: "s",
      artifacts: (1...6).map { artifact("\($0)", #"{"bytes":600000,"value":\#($0)}"#) })
    let error = #expect(throws: LaboratoryError.self) {
      try scratch.coordinator(workers: 1, store: store).run(plan)
    }
    guard case .diskFull(let path) = error else { return #expect(error == .diskFull(path: "")) }
    #expect(path.hasPrefix(store.paths.root))
    let done = try plan.artifacts.count { try store.state(of: $0, contents: true) == .whole }
    #expect((1..<6).contains(done))
    #expect(try FileSystem.names(in: store.paths.temporary) == [])

    try disk.remount("size=20m")
    let summary = try scratch.coordinator(store: store).run(plan)
    #expect(summary.isComplete && summary.cached == done)
  }

  @Test(.enabled(if: canMount, "only root can mount a read-only disk"))
  func aReadOnlyStoreServesWhatItHas() throws {
    let scratch = try Scratch()
    let disk = try Disk(at: scratch.folder + "/disk", megabytes: 2)
    defer { disk.unmount() }
    let store = Store(root: disk.path + "/store")
    let plan = try Plan(suite: "s", artifacts: [artifact("a")])
    #expect(try scratch.coordinator(store: store).run(plan).isComplete)
    try disk.remount("ro")
    #expect(try scratch.coordinator(store: store).run(plan).cached == 1)
    let more = try Plan(suite: "s", artifacts: [artifact("a"), artifact("b", #"{"value":2}"#)])
    let error = #expect(throws: LaboratoryError.self) {
      try scratch.coordinator(store: store).run(more)
    }
    guard case .storeNotWritable(_, "Read-only file system") = error else {
      return #expect(error == .storeNotWritable(path: "", reason: "Read-only file system"))
    }
  }

  static let canMount: Bool = {
    let path = NSTemporaryDirectory() + "laboratory-mount-" + UUID().uuidString
    defer { rmdir(path) }
    guard let disk = try? Disk(at: path, megabytes: 1) else { return false }
    disk.unmount()
    return true
  }()
}

/// A small disk in memory.
struct Disk {
  struct NotMounted: Error {}
  let path: String

  init(at path: String, megabytes: Int) throws {
    self.path = path
    mkdir(path, 0o777)
    guard mount("none", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
      throw NotMounted()
    }
  }

  func remount(_ options: String) throws {
    let isReadOnly = options == "ro"
    let flags = UInt(MS_REMOUNT) | (isReadOnly ? UInt(MS_RDONLY) : 0)
    guard mount("none", path, "tmpfs", flags, isReadOnly ? nil : options) == 0 else {
      throw NotMounted()
    }
  }

  func unmount() { umount2(path, Int32(MNT_DETACH)) }
}
