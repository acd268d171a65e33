import Foundation
import Glibc

/// Says that this process works on a plan, until it ends or lets go: a file
/// `temporary/lease.<owner>.<random>` that holds the plan, swept with its owner's death.
///
/// What a leased plan names is not collected. Saved plans do not serve for that: the next run of an edited suite replaces its plan while the run before may live.
package final class Lease: @unchecked Sendable {
  static let purpose = "lease"

  private let path: String
  private let lock = NSLock()
  private var beats: UInt64 = 0
  private var lastBeat = MonotonicClock.seconds()

  fileprivate init(path: String, plan: Plan) throws {
    self.path = path
    let contents = Lease.beat(0) + (try JSONEncoder().encode(plan))
    try FileSystem.write(contents, to: path, syncing: false)
  }

  deinit { try? FileSystem.remove(path) }

  /// Counts up where it is time to, so that other hosts see the owner alive; cheap to call often.
  package func beat() {
    lock.withLock {
      let now = MonotonicClock.seconds()
      guard now - lastBeat >= ClaimWatch.heartbeatSeconds else { return }
      lastBeat = now
      beats += 1
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return }
      defer { close(descriptor) }
      _ = Lease.beat(beats).withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }
  }

  /// The line before the plan: as long for each count.
  private static func beat(_ count: UInt64) -> Data { Data((Claim.digits(count) + "\n").utf8) }

  /// The plan that a lease's contents tell; nil where it is not whole.
  static func plan(of contents: Data) -> Plan? {
    try? JSONDecoder().decode(Plan.self, from: Data(contents.dropFirst(beat(0).count)))
  }
}

extension Store {
  /// Leases a plan, before what it names is looked for or made.
  ///
  /// - Throws: `LaboratoryError.storeNotWritable` or `.diskFull`.
  package func lease(_ plan: Plan) throws -> Lease {
    try Lease(path: paths.newTemporary(for: Lease.purpose), plan: plan)
  }

  /// The names of all leases in the temporary folder.
  private func leaseNames() throws -> [String] {
    try FileSystem.names(in: paths.temporary).filter {
      $0.hasPrefix("\(Lease.purpose).") && StorePaths.owner(ofTemporary: $0) != nil
    }
  }

  /// How often each lease has been beaten, by its name.
  func leaseBeats() throws -> [String: Data] {
    try leaseNames().reduce(into: [:]) { beats, name in
      beats[name] = try FileSystem.read("\(paths.temporary)/\(name)").map {
        Data($0.prefix { $0 != 10 })
      }
    }
  }

  /// The paths of all leases.
  ///
  /// - Parameter abandoned: names of leases whose owners are dead.
  func leases(except abandoned: Set<String>) throws -> [String] {
    try leaseNames().filter { !abandoned.contains($0) }.map { "\(paths.temporary)/\($0)" }
  }
}
