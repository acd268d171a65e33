import Digests
package import Foundation
import Glibc

/// What a piece of work gives back besides its files.
package struct WorkOutcome: Hashable, Sendable {
  /// A JSON object in canonical form: the same bytes for the same key on the same machine.
  package let result: Data
  /// A JSON object about how it came about; `seconds` calibrates estimates.
  package let provenance: Data

  /// Makes an outcome of two JSON objects.
  package init(result: Data, provenance: Data = Data("{}".utf8)) {
    self.result = result
    self.provenance = provenance
  }
}

extension Store {
  /// Makes a temporary folder for the files of an artifact.
  func makeWorkspace(for key: Key) throws -> String {
    let folder = paths.newTemporary(for: key.description)
    // Not synced, as nobody misses it after a power cut.
    guard mkdir(folder, 0o777) == 0 else { throw FileSystem.writeFailure(folder) }
    return folder
  }

  /// Publishes an artifact: all files in the workspace become its files.
  ///
  /// Files and folder are synced before the rename, and the shelf after it, so that an artifact that
  /// is there is there whole, even after a power cut. If another process was faster, this copy is
  /// discarded.
  ///
  /// - Parameter names: files that were made; without one of them nothing is published.
  /// - Returns: false if another process was faster.
  /// - Throws: `LaboratoryError.unsuitableOutcome`, `.storeNotWritable`, `.diskFull` or `.unreadable`.
  @discardableResult
  func publish(
    _ artifact: Artifact, _ outcome: WorkOutcome, from workspace: String,
    holding names: Set<String> = []
  ) throws -> Bool {
    for (name, part) in [("result", outcome.result), ("provenance", outcome.provenance)] {
      guard JSONMembers.split(part) != nil, (try? JSONSerialization.jsonObject(with: part)) != nil
      else {
        throw LaboratoryError.unsuitableOutcome(
          label: artifact.label, problem: "its \(name) is not a JSON object")
      }
    }
    var files: [String: Record.File] = [:]
    for name in try FileSystem.names(in: workspace, mustExist: true) {
      let path = "\(workspace)/\(name)"
      guard let bytes = FileSystem.size(ofFile: path),
        !StorePaths.reserved.contains(name)
      else {
        throw LaboratoryError.unsuitableOutcome(
          label: artifact.label, problem: "'\(name)' is not a plain file, or has a reserved name")
      }
      files[name] = Record.File(bytes: bytes, sha256: try Digest.sha256(ofFile: path))
    }
    if let lost = names.subtracting(files.keys).min() {
      throw LaboratoryError.unsuitableOutcome(
        label: artifact.label, problem: "its file '\(lost)' is not among what was made")
    }
    let record = Record(of: artifact, outcome: outcome, files: files)
    try FileSystem.write(artifact.recipe, to: "\(workspace)/\(StorePaths.recipe)", syncing: false)
    try FileSystem.write(
      record.encoded(), to: "\(workspace)/\(StorePaths.record)", syncing: false)
    let written = StorePaths.reserved.union(files.keys)
    try FileSystem.synchronize(written.map { "\(workspace)/\($0)" } + [workspace])

    let destination = paths.artifact(artifact.key, kind: artifact.kind)
    let shelf = FileSystem.folder(of: destination)
    while true {
      try makeWay(to: shelf)
      try clear(destination)
      if try FileSystem.move(workspace, to: destination) {
        try FileSystem.synchronize(shelf)
        try FileSystem.remove(paths.checkpoints(of: artifact.key))
        return true
      }
      guard FileSystem.isFolder(workspace) else {
        throw LaboratoryError.storeNotWritable(
          path: workspace, reason: "somebody deleted it while it was in use")
      }
      if case .whole = try inspect(artifact) {
        try FileSystem.remove(workspace)
        return false
      }
      try removeDamaged(artifact.key)
    }
  }

  /// Moves a damaged artifact away and deletes it, unless it proves whole (another process may have
  /// redone it meanwhile) and goes back.
  ///
  /// - Parameter names: files it must list to be whole.
  /// - Returns: whether something was deleted.
  @discardableResult
  package func removeDamaged(_ key: Key, lacking names: Set<String> = []) throws -> Bool {
    guard let folder = try folder(of: key) else {
      return try obstacle(of: key).map(discard) ?? false
    }
    let away = paths.newTemporary(for: "damaged")
    guard try FileSystem.move(folder, to: away) else { return false }
    if case .whole(let record)? = try? Inspection(folder: away, key: key, contents: true),
      names.isSubset(of: record.files.keys), try FileSystem.move(away, to: folder)
    {
      return false
    }
    try FileSystem.remove(away)
    return true
  }
}
