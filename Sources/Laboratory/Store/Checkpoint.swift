import Digests
import Foundation
import Glibc

/// Files that let a long piece of work resume; deleted when all that is asked of its walk is published.
///
/// They belong to the walk: the key is an artifact's `walkID`.
///
/// The file of a checkpoint is named `<name>.<SHA-256 of its contents>`: a digest in a file of its own
/// could be of the checkpoint before, after a power cut between the two.
extension Store {
  /// The path of the last checkpoint that was saved whole, its digest checked; nil where there is none.
  ///
  /// - Throws: `LaboratoryError.damagedArtifact` where it is not what was saved; then all checkpoints of
  ///   the walk are gone, and its work starts again. `.unreadable`, and then they stay.
  package func checkpoint(_ name: String, of key: Key) throws -> String? {
    let folder = paths.checkpoints(of: key)
    if FileSystem.obstacle(to: folder, levels: 1) != nil {
      try loseCheckpoints(of: key, .obstructed(by: key.description))
    }
    // Two where a process was killed before it deleted the older one.
    let saved = try savedCheckpoints(name, of: key).sorted { $0.time > $1.time }
    var damage: Damage?
    for (path, digest, _) in saved {
      switch try state(ofCheckpoint: path, digest) {
      case .whole: return path
      case .damaged(let found): damage = found
      case .absent, .lacking: continue
      }
    }
    if let damage { try loseCheckpoints(of: key, damage) }
    return nil
  }

  /// Whether the file of a checkpoint is what was saved. Damaged is what differs or is no regular file; what
  /// cannot be read just now may be whole.
  ///
  /// - Throws: `LaboratoryError.unreadable`.
  func state(ofCheckpoint path: String, _ digest: Digest) throws -> State {
    let name = (path as NSString).lastPathComponent.dropLast(digest.hexadecimal.count + 1)
    let damaged = State.damaged(.checkpointDiffers(file: String(name)))
    guard try FileSystem.isRegular(path) else {
      return FileSystem.isThere(path) ? damaged : .absent
    }
    return try Digest.sha256(ofFile: path) == digest ? .whole : damaged
  }

  /// Deletes all checkpoints of a walk because of one, and says so.
  ///
  /// - Throws: `LaboratoryError.damagedArtifact`, on which a worker's artifact is begun again.
  package func loseCheckpoints(of key: Key, _ damage: Damage) throws {
    try discard(paths.checkpoints(of: key))
    throw LaboratoryError.damagedArtifact(key, damage)
  }

  /// Saves a checkpoint in the place of the last one of this name, whole or not at all.
  ///
  /// - Parameters:
  ///   - name: the checkpoint's name among those of one artifact.
  ///   - key: the artifact.
  ///   - write: writes the file at the path it is given.
  /// - Throws: `LaboratoryError.storeNotWritable`, `.diskFull`, `.unsuitableName`, and what `write`
  ///   throws.
  package func saveCheckpoint(_ name: String, of key: Key, write: (String) throws -> Void) throws {
    try Plan.check(name: name, use: "checkpoint")
    let folder = paths.checkpoints(of: key)
    let temporary = paths.newTemporary(for: "checkpoint")
    defer { try? FileSystem.remove(temporary) }
    try write(temporary)
    let digest = try Digest.sha256(ofFile: temporary)
    try FileSystem.synchronize(temporary)
    let before = try savedCheckpoints(name, of: key).map(\.path)
    let path = "\(folder)/\(name).\(digest)"
    guard try replace(path, by: temporary, makingWay: { try makeWay(to: folder) }) else {
      throw LaboratoryError.storeNotWritable(path: path, reason: "somebody deleted its folder")
    }
    try FileSystem.synchronize(folder)
    for old in before where old != path { try FileSystem.remove(old) }
  }

  /// What has the name of a checkpoint, with the digest that is part of it and when it was written.
  private func savedCheckpoints(_ name: String, of key: Key) throws
    -> [(path: String, digest: Digest, time: Double)]
  {
    let folder = paths.checkpoints(of: key)
    return try FileSystem.names(in: folder).compactMap { file in
      guard file.hasPrefix("\(name)."), let digest = Digest(String(file.dropFirst(name.count + 1)))
      else { return nil }
      var status = stat()
      lstat("\(folder)/\(file)", &status)
      let time = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) * 1e-9
      return ("\(folder)/\(file)", digest, time)
    }
  }
}
