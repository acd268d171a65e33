/// How much a store holds.
package struct StoreSize: Hashable, Sendable {
  /// A number of things and their bytes.
  package struct Share: Hashable, Sendable {
    /// How many there are.
    package var count = 0
    /// The bytes of their files.
    package var bytes = 0
  }

  /// Artifacts by kind.
  package var artifacts: [String: Share] = [:]
  /// Folders of checkpoints, one for each artifact.
  package var checkpoints = Share()
  /// What is being written or deleted, or was left by a killed process.
  package var temporary = Share()

  /// The bytes of everything.
  package var bytes: Int {
    artifacts.values.reduce(checkpoints.bytes + temporary.bytes) { $0 + $1.bytes }
  }
}

extension Store {
  /// Adds up what the store holds.
  package func size() -> StoreSize {
    func share(of folder: String) -> StoreSize.Share {
      FileSystem.names(in: folder).reduce(into: StoreSize.Share()) { share, name in
        share.count += 1
        share.bytes += FileSystem.size(ofTree: "\(folder)/\(name)")
      }
    }
    var size = StoreSize()
    for kind in FileSystem.names(in: paths.artifacts) {
      for prefix in FileSystem.names(in: paths.kind(kind)) {
        let share = share(of: paths.shelf(prefix, kind: kind))
        size.artifacts[kind, default: StoreSize.Share()].count += share.count
        size.artifacts[kind, default: StoreSize.Share()].bytes += share.bytes
      }
    }
    size.checkpoints = share(of: paths.checkpoints)
    size.temporary = share(of: paths.temporary)
    return size
  }
}
