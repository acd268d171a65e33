import Foundation

/// What a store could do without.
package struct Garbage: Hashable, Sendable {
  /// Why something is garbage.
  package enum Reason: Hashable, Sendable {
    /// A dead process left it half written.
    case abandoned
    /// A dead process's claim, or the rest of one.
    case deadClaim(Key, ClaimNote?)
    /// A checkpoint of a finished walk, or of one that no kept plan needs.
    case staleCheckpoint(Key)
    /// A damaged artifact.
    case damaged(Key, Damage)
    /// An artifact that is not among those to keep.
    case unused(Key)
  }

  /// A file or folder of the store.
  package struct Item: Hashable, Sendable {
    /// Its path below the store's folder.
    package let path: String
    /// Why it is garbage.
    package let reason: Reason
    /// The bytes of its files.
    package let bytes: Int
  }

  /// What there is to delete.
  package let items: [Item]

  /// The bytes of all items.
  package var bytes: Int { items.reduce(0) { $0 + $1.bytes } }

  /// The names of what is below the temporary folder and without an owner.
  fileprivate var abandoned: Set<String> {
    Set(items.filter { $0.reason == .abandoned }.map { ($0.path as NSString).lastPathComponent })
  }
}

extension Garbage.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .abandoned: "left by a killed process"
    case .deadClaim: "claim of a killed process"
    case .staleCheckpoint: "checkpoint of nothing that is still to be done"
    case .damaged(_, let damage): "damaged: \(damage)"
    case .unused: "needed by no saved plan"
    }
  }
}

extension Store {
  /// Finds garbage and deletes nothing; the dry run of `remove(_:)`.
  ///
  /// What a saved plan needs, a living process has claimed, or is in a plan that one has leased, is none.
  ///
  /// - Parameter patience: how many seconds to wait for heartbeats of other hosts, if these have left
  ///   claims or temporary folders; owners without a new one count as dead.
  /// - Throws: `LaboratoryError.notAStore`, `.unreadable` or `.unreadablePlan`.
  package func garbage(patience: Double = 60) throws -> Garbage {
    try requireMarker()
    var items: [Garbage.Item] = []
    func add(_ path: String, _ reason: Garbage.Reason) throws {
      let bytes = try FileSystem.size(ofTree: path)
      let relative = String(path.dropFirst(paths.root.count + 1))
      items.append(Garbage.Item(path: relative, reason: reason, bytes: bytes))
    }

    let distant = try FileSystem.names(in: paths.temporary).filter {
      StorePaths.owner(ofTemporary: $0)?.life == .unknown
    }
    let beats = try leaseBeats()
    let claims = try observeClaims(patience: patience, waiting: !distant.isEmpty)
    let beating = Set(try leaseBeats().filter { beats[$0.key] != $0.value }.keys)
    for (key, note) in claims.dead { try add(paths.claim(on: key), .deadClaim(key, note)) }
    for name in try FileSystem.names(in: paths.temporary) {
      guard let owner = StorePaths.owner(ofTemporary: name) else { continue }
      switch owner.life {
      case .alive: continue
      case .dead: try add("\(paths.temporary)/\(name)", .abandoned)
      case .unknown:
        // On other hosts, what is needed for longer than a moment comes with a claim that beats.
        guard distant.contains(name), !claims.liveTags.contains(owner.tag), !beating.contains(name)
        else { continue }
        try add("\(paths.temporary)/\(name)", .abandoned)
      }
    }
    // Not before the wait above: a run may have come and gone meanwhile.
    var needs = Needs(of: self, except: Garbage(items: items).abandoned)
    try needs.update()
    for (key, folder) in try artifactFolders() {
      switch try Inspection(folder: folder, key: key) {
      case .absent: continue
      case .damaged(let damage): try add(folder, .damaged(key, damage))
      case .whole:
        if !needs.have(key), !claims.live.contains(key) { try add(folder, .unused(key)) }
      }
    }
    for name in try FileSystem.names(in: paths.checkpoints) {
      guard let walk = Key(name), !claims.live.contains(walk), try !needs.wait(for: walk) else {
        continue
      }
      try add(paths.checkpoints(of: walk), .staleCheckpoint(walk))
    }
    return Garbage(items: items)
  }

  /// Deletes garbage, each item only if it still is what it was found to be.
  ///
  /// - Returns: the bytes of what was deleted.
  /// - Throws: `LaboratoryError.notAStore`, `.storeNotWritable`, `.unreadable` or `.unreadablePlan`.
  @discardableResult
  package func remove(_ garbage: Garbage) throws -> Int {
    try requireMarker()
    var needs = Needs(of: self, except: garbage.abandoned)
    return try garbage.items.reduce(0) { freed, item in
      try freed + (remove(item, &needs) ? item.bytes : 0)
    }
  }

  private func remove(_ item: Garbage.Item, _ needs: inout Needs) throws -> Bool {
    let path = "\(paths.root)/\(item.path)"
    switch item.reason {
    case .abandoned:
      guard FileSystem.isThere(path) else { return false }
      try FileSystem.remove(path)
      return true
    case .deadClaim(let key, let note): return try breakClaim(key, observed: note)
    case .damaged(let key, _): return try removeDamaged(key)
    case .staleCheckpoint(let key):
      return try discard(path) { _ in
        try needs.update()
        return try isClaimed(key) || needs.wait(for: key)
      }
    case .unused(let key):
      return try discard(path) { _ in
        try needs.update()
        return try needs.have(key) || isClaimed(key)
      }
    }
  }

  private func isClaimed(_ key: Key) throws -> Bool {
    guard case .held(let note) = try claimStatus(of: key) else { return false }
    return note.owner.life != .dead
  }

  /// Whether an artifact of any kind is there with these files.
  func isWhole(_ key: Key, keeping names: Set<String>) throws -> Bool {
    guard let folder = try folder(of: key),
      case .whole(let record) = try Inspection(folder: folder, key: key)
    else { return false }
    return record.lacks(names).isEmpty
  }

  /// Deletes what processes of this host left when they were killed, as far as it can be deleted: on
  /// a shared store some of it may be another user's.
  func sweep() {
    let dead = (try? observeClaims(patience: nil, waiting: false))?.dead ?? []
    for (key, note) in dead { _ = try? breakClaim(key, observed: note) }
    for name in (try? FileSystem.names(in: paths.temporary)) ?? []
    where StorePaths.owner(ofTemporary: name)?.life == .dead {
      try? FileSystem.remove("\(paths.temporary)/\(name)")
    }
  }

  private struct ObservedClaims {
    var live: Set<Key> = []
    var liveTags: Set<String> = []
    var dead: [(key: Key, note: ClaimNote?)] = []
  }

  /// Reads all claims; those of other hosts twice, unless `patience` is nil and they count as live.
  ///
  /// - Parameter waiting: whether to let the patience pass even if no claim asks for it.
  private func observeClaims(patience: Double?, waiting: Bool) throws -> ObservedClaims {
    var observed = ObservedClaims()
    var unknown: [(key: Key, note: ClaimNote)] = []
    for key in try FileSystem.names(in: paths.claims).compactMap(Key.init) {
      switch try claimStatus(of: key) {
      case .none: continue
      case .unreadable: observed.dead.append((key, nil))
      case .held(let note):
        switch note.owner.life {
        case .dead: observed.dead.append((key, note))
        case .unknown: unknown.append((key, note))
        case .alive:
          observed.live.insert(key)
          observed.liveTags.insert(note.owner.tag)
        }
      }
    }
    if let patience, waiting || !unknown.isEmpty { Thread.sleep(forTimeInterval: patience) }
    for (key, note) in unknown {
      if patience != nil, try claimStatus(of: key) == .held(note) {
        observed.dead.append((key, note))
      } else {
        observed.live.insert(key)
        observed.liveTags.insert(note.owner.tag)
      }
    }
    return observed
  }

  /// What has an artifact's name and place.
  func artifactFolders() throws -> [(key: Key, folder: String)] {
    try FileSystem.names(in: paths.artifacts).flatMap { kind in
      try FileSystem.names(in: paths.kind(kind)).filter(StorePaths.isShelf).flatMap { prefix in
        try FileSystem.names(in: paths.shelf(prefix, kind: kind)).compactMap { name in
          Key(name).map { ($0, "\(paths.shelf(prefix, kind: kind))/\(name)") }
        }
      }
    }
  }
}
