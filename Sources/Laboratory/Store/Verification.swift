import Digests
import Foundation
import Glibc

/// Everything that a store holds, compared with its digests.
package struct Verification: Hashable, Sendable {
  /// Something that is not what was written.
  package struct Finding: Hashable, Sendable {
    /// Its path below the store's folder.
    package let path: String
    /// The artifact it is or belongs to; nil for a shelf of artifacts.
    package let key: Key?
    /// The artifact's name for people, where a record or a saved plan tells.
    package let label: String?
    /// What is wrong with it.
    package let damage: Damage
  }

  /// Artifacts that were read.
  package var artifacts = 0
  /// Artifacts from before records had a digest of the whole: their provenance cannot be checked.
  package var unsealed = 0
  /// Checkpoints that were read.
  package var others = 0
  /// What is damaged.
  package var findings: [Finding] = []
}

extension Verification.Finding: CustomStringConvertible {
  package var description: String {
    let name = [label, key?.short].compactMap(\.self).joined(separator: ", ")
    return "damaged: \(path)" + (name.isEmpty ? "" : " (\(name))") + ": \(damage)"
  }
}

extension Store {
  /// Reads all that the store holds, every byte, and deletes nothing.
  ///
  /// - Parameter progress: called with artifacts read so far, and how many there are.
  /// - Throws: `LaboratoryError.notAStore` or `.unreadable`.
  package func verify(progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }) throws
    -> Verification
  {
    try requireMarker()
    var verification = Verification()
    var labels: [Key: String] = [:]
    for plan in ((try? savedPlans()) ?? []) {
      for artifact in plan.artifacts {
        labels[artifact.key] = artifact.label
        // A walk's checkpoints bear the name of the first artifact that they serve.
        if labels[artifact.walkID] == nil { labels[artifact.walkID] = artifact.label }
      }
    }
    func find(_ path: String, _ key: Key?, _ damage: Damage) {
      verification.findings.append(
        Verification.Finding(
          path: String(path.dropFirst(paths.root.count + 1)), key: key,
          label: key.flatMap { labels[$0] }, damage: damage))
    }

    for kind in try FileSystem.names(in: paths.artifacts) {
      for shelf in try FileSystem.names(in: paths.kind(kind)).filter(StorePaths.isShelf) {
        let path = paths.shelf(shelf, kind: kind)
        if !FileSystem.isFolder(path) { find(path, nil, .obstructed(by: shelf)) }
      }
    }
    let folders = try artifactFolders()
    for (index, (key, folder)) in folders.enumerated() {
      let record = (try? FileSystem.read("\(folder)/\(StorePaths.record)")).flatMap(Record.read)
      if let label = record?.record.label, labels[key] == nil { labels[key] = label }
      do {
        switch try Inspection(folder: folder, key: key, contents: true) {
        case .absent: continue
        case .damaged(let damage): find(folder, key, damage)
        case .whole: if record?.seal == Record.Seal.none { verification.unsealed += 1 }
        }
      } catch LaboratoryError.unreadable(_, let reason) {
        find(folder, key, .unreadable(reason: reason))
      }
      verification.artifacts += 1
      progress(index + 1, folders.count)
    }
    for key in try FileSystem.names(in: paths.checkpoints).compactMap(Key.init) {
      let folder = paths.checkpoints(of: key)
      if FileSystem.obstacle(to: folder, levels: 1) != nil {
        find(folder, key, .obstructed(by: key.description))
      }
      for file in try FileSystem.names(in: folder) {
        verification.others += 1
        let path = "\(folder)/\(file)"
        // Those of earlier versions have no digest, and are read by nobody.
        guard let dot = file.lastIndex(of: "."),
          let digest = Digest(String(file[file.index(after: dot)...]))
        else { continue }
        do {
          if case .damaged(let damage) = try state(ofCheckpoint: path, digest) {
            find(path, key, damage)
          }
        } catch LaboratoryError.unreadable(_, let reason) {
          find(path, key, .unreadable(reason: reason))
        }
      }
    }
    return verification
  }

  /// Deletes what was found damaged, unless it is whole by now; the next run does it again.
  ///
  /// - Returns: how many were deleted.
  /// - Throws: `LaboratoryError.notAStore`, `.storeNotWritable` or `.unreadable`.
  package func remove(_ verification: Verification) throws -> Int {
    try requireMarker()
    return try verification.findings.count { finding in
      let path = "\(paths.root)/\(finding.path)"
      if case .obstructed = finding.damage { return try discard(path, unless: FileSystem.isFolder) }
      if path.hasPrefix("\(paths.checkpoints)/") { return try removeDamagedCheckpoint(path) }
      return try finding.key.map(removeDamaged) ?? false
    }
  }

  /// Deletes one file of a walk's checkpoints, and their folder after the last.
  private func removeDamagedCheckpoint(_ path: String) throws -> Bool {
    guard let digest = Digest(String(path.suffix(64))) else { return false }
    let isGone = try discard(path) {
      // One that cannot be read may be whole.
      if case .damaged = try? state(ofCheckpoint: $0, digest) { false } else { true }
    }
    // Fails where the folder holds more.
    if isGone { rmdir(FileSystem.folder(of: path)) }
    return isGone
  }
}
