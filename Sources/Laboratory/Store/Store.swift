import Foundation

/// A folder of artifacts, shared by all suites and by any number of processes.
///
/// An artifact is there whole or not at all: it is written in a temporary folder, synced, and
/// renamed into place.
package struct Store: Hashable, Sendable {
  /// The paths within the store.
  package let paths: StorePaths

  /// Names the store's folder, which need not be there yet; reading never creates it.
  package init(root: String) {
    let absolute =
      root.hasPrefix("/") ? root : FileManager.default.currentDirectoryPath + "/" + root
    let trimmed =
      absolute.hasSuffix("/") && absolute != "/" ? String(absolute.dropLast()) : absolute
    paths = StorePaths(root: trimmed)
  }

  /// Whether an artifact is there.
  package enum State: Hashable, Sendable {
    case absent
    case whole
    case damaged(Damage)
  }

  /// Whether an artifact is there, by its record and the sizes of its files; `contents` asks for
  /// the digests of all files too.
  ///
  /// - Throws: `LaboratoryError.unreadable`.
  package func state(of artifact: Artifact, contents: Bool = false) throws -> State {
    switch try inspect(artifact, contents: contents) {
    case .absent: .absent
    case .whole: .whole
    case .damaged(let damage): .damaged(damage)
    }
  }

  /// The record of an artifact, checked against its folder and its files' sizes.
  ///
  /// - Throws: `LaboratoryError.damagedArtifact` (also where it is absent) or `.unreadable`.
  package func record(of key: Key) throws -> Record { try find(key).record }

  /// The path of an artifact's file, after its SHA-256 was compared with the record.
  ///
  /// - Throws: `LaboratoryError.damagedArtifact` (also where it is absent) or `.unreadable`.
  package func verifiedFile(_ name: String, of key: Key) throws -> String {
    let (record, folder) = try find(key)
    guard let file = record.files[name] else {
      throw LaboratoryError.damagedArtifact(key, .fileMissing(name))
    }
    if let damage = try record.damage(of: name, file, in: folder, contents: true) {
      throw LaboratoryError.damagedArtifact(key, damage)
    }
    return "\(folder)/\(name)"
  }

  func inspect(_ artifact: Artifact, contents: Bool = false) throws -> Inspection {
    let folder = paths.artifact(artifact.key, kind: artifact.kind)
    return try Inspection(folder: folder, key: artifact.key, contents: contents)
  }

  /// The folder of an artifact of any kind; nil where no kind has it.
  func folder(of key: Key) throws -> String? {
    try FileSystem.names(in: paths.artifacts).map { paths.artifact(key, kind: $0) }
      .first(where: FileSystem.isFolder)
  }

  private func find(_ key: Key) throws -> (record: Record, folder: String) {
    guard let folder = try folder(of: key) else {
      throw LaboratoryError.damagedArtifact(key, .gone)
    }
    switch try Inspection(folder: folder, key: key) {
    case .whole(let record): return (record, folder)
    case .absent: throw LaboratoryError.damagedArtifact(key, .gone)
    case .damaged(let damage): throw LaboratoryError.damagedArtifact(key, damage)
    }
  }

  /// Creates the store's folders, so that a store that cannot be written is known before any work.
  ///
  /// - Throws: `LaboratoryError.storeNotWritable` or `.diskFull`.
  package func prepare() throws {
    for folder in [paths.artifacts, paths.checkpoints, paths.claims, paths.temporary, paths.plans] {
      try FileSystem.makeFolder(folder)
    }
    try probe()
  }

  /// Writes and deletes a small file, to tell whether the store can be written at all.
  func probe() throws {
    let path = paths.newTemporary(for: "probe")
    defer { try? FileSystem.remove(path) }
    try FileSystem.write(Data(repeating: 0, count: 4096), to: path)
  }
}
