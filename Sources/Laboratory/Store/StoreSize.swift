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
  /// Folders of checkpoints, one for each walk.
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
  ///
  /// - Throws: `LaboratoryError.notAStore` or `.unreadable`.
  package func size() throws -> StoreSize {
    try requireMarker()
    func share(of folder: String) throws -> StoreSize.Share {
      try FileSystem.names(in: folder).reduce(into: StoreSize.Share()) { share, name in
        share.count += 1
        share.bytes += try FileSystem.size(ofTree: "\(folder)/\(name)")
      }
    }
    var size = StoreSize()
    for kind in try FileSystem.names(in: paths.artifacts) {
      for prefix in try FileSystem.names(in: paths.kind(kind)) {
        let share = try share(of: paths.shelf(prefix, kind: kind))
        size.artifacts[kind, default: StoreSize.Share()].count += share.count
        size.artifacts[kind, default: StoreSize.Share()].bytes += share.bytes
      }
    }
    size.checkpoints = try share(of: paths.checkpoints)
    size.temporary = try share(of: paths.temporary)
    return size
  }
}
