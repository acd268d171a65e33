import Foundation

/// Says that this process needs something of the store that is no artifact, such as decoded images, until
/// it ends or lets go: a file `temporary/lease-<what>.<owner>.<random>`, swept with its owner's death.
///
/// Several processes may lease the same thing.
package final class Lease: @unchecked Sendable {
  static let purpose = "lease-"

  private let path: String
  private let lock = NSLock()
  private var beats = 0
  private var lastBeat = MonotonicClock.seconds()

  fileprivate init(path: String) throws {
    self.path = path
    try FileSystem.write(Data("0".utf8), to: path, syncing: false)
  }

  deinit { try? FileSystem.remove(path) }

  /// Counts up where it is time to, so that other hosts see the owner alive; cheap to call often.
  package func beat() {
    lock.withLock {
      let now = MonotonicClock.seconds()
      guard now - lastBeat >= ClaimWatch.heartbeatSeconds else { return }
      lastBeat = now
      beats += 1
      try? FileSystem.write(Data(String(beats).utf8), to: path, syncing: false)
    }
  }
}

extension Store {
  /// Leases decoded images, before they are looked for or made: what is leased is not collected.
  ///
  /// - Throws: `LaboratoryError.storeNotWritable` or `.diskFull`.
  package func lease(images digest: Digest) throws -> Lease {
    try Lease(path: paths.newTemporary(for: Lease.purpose + digest.hexadecimal))
  }

  /// The digests that are leased, with the names of their leases in the temporary folder.
  func leases() throws -> [(digest: Digest, name: String)] {
    try FileSystem.names(in: paths.temporary).compactMap { name in
      guard name.hasPrefix(Lease.purpose), StorePaths.owner(ofTemporary: name) != nil else {
        return nil
      }
      return Digest(String(name.dropFirst(Lease.purpose.count).prefix { $0 != "." }))
        .map { ($0, name) }
    }
  }
}
