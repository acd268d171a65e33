import Foundation
import Glibc

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
    /// It is there, but not all files that others read from it.
    case lacking(Set<String>)
    case damaged(Damage)
  }

  /// Whether an artifact is there with all that it keeps, by its record and the sizes of its files;
  /// `contents` asks for the digests of all files too.
  ///
  /// - Throws: `LaboratoryError.unreadable`.
  package func state(of artifact: Artifact, contents: Bool = false) throws -> State {
    switch try inspect(artifact, contents: contents) {
    case .absent: .absent
    case .whole(let record):
      record.lacks(artifact.keeps).isEmpty ? .whole : .lacking(record.lacks(artifact.keeps))
    case .damaged(let damage): .damaged(damage)
    }
  }

  /// The record of an artifact, checked against its folder and its files' sizes.
  ///
  /// - Throws: `LaboratoryError.damagedArtifact` (also where it is absent) or `.unreadable`.
  package func record(of key: Key) throws -> Record { try find(key).record }

  /// The folder in which an artifact lies where it is there.
  package func folder(of artifact: Artifact) -> String {
    paths.artifact(artifact.key, kind: artifact.kind)
  }

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

  /// How many artifacts there are of each kind that is not among `known`, as another version may have left.
  ///
  /// - Throws: `LaboratoryError.unreadable`.
  package func artifactCounts(ofKindsBeside known: Set<String>) throws -> [String: Int] {
    let kinds = try FileSystem.names(in: paths.artifacts).filter { !known.contains($0) }
    let counts = try kinds.map { kind in
      try FileSystem.names(in: paths.kind(kind)).filter(StorePaths.isShelf).reduce(0) {
        try $0 + FileSystem.names(in: paths.shelf($1, kind: kind)).count { Key($0) != nil }
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(kinds, counts)).filter { $0.value > 0 }
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

  /// Whether the folder is known to be a store: it has the marker.
  package var isMarked: Bool { FileSystem.size(ofFile: paths.marker) != nil }

  /// Whoever deletes, or says what could be deleted, asks first.
  ///
  /// - Throws: `LaboratoryError.notAStore`.
  func requireMarker() throws {
    guard isMarked else { throw LaboratoryError.notAStore(path: paths.root) }
  }

  /// Creates the store's folders, so that a store that cannot be written is known before any work, and
  /// marks it as a store.
  ///
  /// - Throws: `LaboratoryError.storeNotWritable`, `.diskFull`, `.foreignFolder` or `.unreadable`.
  package func prepare() throws {
    try FileSystem.makeFolder(paths.root)
    if !isMarked {
      if let folder = try foreignFolder() {
        let name = (folder as NSString).lastPathComponent
        throw LaboratoryError.foreignFolder(root: paths.root, name: name)
      }
      // Before any folder: a process that is killed here leaves a store, and two that start at once agree.
      try FileSystem.write(Store.markerText, to: paths.marker)
    }
    for folder in paths.folders {
      try FileSystem.makeFolder(folder)
      var status = stat()
      guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw LaboratoryError.storeNotWritable(
          path: folder, reason: "it is a link, which is not followed; name the folder it leads to")
      }
    }
    try probe()
  }

  private static let markerText = Data(
    """
    This folder is a store of Espalier. What it needs no longer, 'espalier store gc' deletes; it touches no
    folder without this file.

    """.utf8)

  /// A folder that bears the name of one of the store's own, but holds what no store makes; nil where
  /// there is none, as in a new folder or in a store from before stores were marked.
  private func foreignFolder() throws -> String? {
    try paths.folders.first { folder in
      guard FileSystem.isThere(folder) else { return false }
      guard FileSystem.isFolder(folder) else { return true }
      // Hidden files are the file system's or a desktop's.
      return try !FileSystem.names(in: folder).filter { !$0.hasPrefix(".") }.allSatisfy {
        try paths.makes($0, in: folder) && (folder != paths.artifacts || isKind($0))
      }
    }
  }

  /// Whether a folder among the artifacts holds shelves and nothing else.
  private func isKind(_ name: String) throws -> Bool {
    try FileSystem.isFolder(paths.kind(name))
      && FileSystem.names(in: paths.kind(name)).allSatisfy {
        $0.hasPrefix(".") || StorePaths.isShelf($0)
      }
  }

  /// Writes and deletes a small file, to tell whether the store can be written at all.
  func probe() throws {
    let path = paths.newTemporary(for: "probe")
    defer { try? FileSystem.remove(path) }
    try FileSystem.write(Data(repeating: 0, count: 4096), to: path)
  }
}
