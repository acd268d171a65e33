import Digests
import Foundation
import Glibc

/// What leased and saved plans need. As runs begin and end while garbage is deleted, it is brought up to date
/// before each deletion, which decodes only files that are not what they were.
struct Needs {
  private let store: Store
  private let abandoned: Set<String>
  private var plans: [Source: Need] = [:]

  /// A file as it was when it was read.
  private struct Source: Hashable {
    let path: String
    let inode: UInt64
    let bytes: Int
    let seconds: Int
    let nanoseconds: Int

    /// nil where there is no file.
    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      self.path = path
      inode = UInt64(status.st_ino)
      bytes = Int(status.st_size)
      seconds = status.st_ctim.tv_sec
      nanoseconds = status.st_ctim.tv_nsec
    }
  }

  private struct Need {
    /// The artifacts by key, with the files that are read from them.
    let artifacts: [Key: Set<String>]
    /// The artifacts of each walk; those that are made alone are not among them.
    let walks: [Key: [Key]]

    init(_ plan: Plan?) {
      let all = plan?.artifacts ?? []
      artifacts = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0.keeps) })
      walks = Dictionary(grouping: all.filter { $0.walk != nil }, by: \.walkID)
        .mapValues { $0.map(\.key) }
    }
  }

  /// - Parameter abandoned: names of leases whose owners are dead.
  init(of store: Store, except abandoned: Set<String>) {
    self.store = store
    self.abandoned = abandoned
  }

  /// Whether a plan has the artifact.
  func have(_ key: Key) -> Bool {
    plans.values.contains { $0.artifacts[key] != nil }
  }

  /// Whether a plan has an artifact of the walk that is still to be made.
  func wait(for walk: Key) throws -> Bool {
    try plans.values.contains { plan in
      try (plan.walks[walk] ?? [walk]).contains { key in
        guard let keeps = plan.artifacts[key] else { return false }
        return try !store.isWhole(key, keeping: keeps)
      }
    }
  }

  /// Looks at the plans again.
  mutating func update() throws {
    var current: [Source: Need] = [:]
    // Leases first: a run saves its plan before it lets go of its lease, so it is seen in one of the two.
    for path in try store.leases(except: abandoned) {
      guard let source = Source(path) else { continue }
      current[source] = try plans[source] ?? Need(FileSystem.read(path).flatMap(Lease.plan))
    }
    for suite in try store.savedSuites() {
      guard let source = Source(store.paths.plan(suite: suite)) else { continue }
      current[source] = try plans[source] ?? Need(store.savedPlan(suite: suite))
    }
    plans = current
  }
}
