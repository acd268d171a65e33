import Digests
package import Foundation
import Glibc

/// What a piece of work gives back besides its files.
package struct WorkOutcome: Hashable, Sendable {
  /// A JSON object in canonical form: the same bytes for the same key on the same machine.
  package let result: Data
  /// A JSON object about how it came about; `seconds` calibrates estimates.
  package let provenance: Data
  /// The names of files that can never be there, as for a training that diverged: nobody misses them.
  package let withholds: Set<String>

  /// Makes an outcome of two JSON objects.
  package init(
    result: Data, provenance: Data = Data("{}".utf8), withholds: Set<String> = []
  ) {
    self.result = result
    self.provenance = provenance
    self.withholds = withholds
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
  /// discarded. Where the artifact is there without some of the files, the two change places in one step, and
  /// the new one has the old one's other files too: who reads one of them finds it at any time.
  ///
  /// - Parameter names: files that were made; without one of them nothing is published.
  /// - Returns: false if another process was faster.
  /// - Throws: `LaboratoryError.unsuitableOutcome`; `.notReproducible` where what is there with fewer files
  ///   is another; `.storeNotWritable`, `.diskFull` or `.unreadable`.
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
    var made = try record(of: artifact, outcome, in: workspace)
    // Without what is read it would be made again and again.
    if let lost = made.lacks(names.union(artifact.keeps)).min() {
      throw LaboratoryError.unsuitableOutcome(
        label: artifact.label, problem: "its file '\(lost)' is not among what was made")
    }
    try FileSystem.write(artifact.recipe, to: "\(workspace)/\(StorePaths.recipe)", syncing: false)
    try seal(made, in: workspace)

    let destination = paths.artifact(artifact.key, kind: artifact.kind)
    let shelf = FileSystem.folder(of: destination)
    var isNew = false
    while true {
      try makeWay(to: shelf)
      try clear(destination)
      if try FileSystem.move(workspace, to: destination) {
        try FileSystem.synchronize(shelf)
        return true
      }
      guard FileSystem.isFolder(workspace) else {
        throw LaboratoryError.storeNotWritable(
          path: workspace, reason: "somebody deleted it while it was in use")
      }
      guard case .whole(let there) = try inspect(artifact) else {
        try removeDamaged(artifact.key)
        continue
      }
      guard !there.lacks(artifact.keeps.union(made.files.keys)).isEmpty else {
        try FileSystem.remove(workspace)
        return isNew
      }
      try compare(artifact, there, with: made)
      guard try lend(there, in: destination, to: &made, in: workspace) else { continue }
      try seal(made, in: workspace)
      let away = paths.newTemporary(for: "replaced")
      guard try FileSystem.exchange(workspace, destination, by: away) else { continue }
      try FileSystem.synchronize(shelf)
      isNew = true
      // What comes out is what was united, unless another process has put something else there meanwhile.
      guard case .whole(let old) = try Inspection(folder: workspace, key: artifact.key) else {
        try FileSystem.remove(workspace)
        return true
      }
      made = old
    }
  }

  /// Adds to a workspace the files of another record that it lacks, without copying them; false where one of
  /// them is gone.
  private func lend(
    _ other: Record, in folder: String, to record: inout Record, in workspace: String
  ) throws -> Bool {
    for (name, file) in other.files where record.files[name] == nil {
      guard try FileSystem.link("\(folder)/\(name)", to: "\(workspace)/\(name)") else {
        return false
      }
      record.files[name] = file
    }
    record.withholds.formUnion(other.withholds)
    return true
  }

  /// Describes what is in a workspace.
  private func record(of artifact: Artifact, _ outcome: WorkOutcome, in workspace: String) throws
    -> Record
  {
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
    return Record(of: artifact, outcome: outcome, files: files)
  }

  /// Writes a workspace's record, and all to the disk.
  private func seal(_ record: Record, in workspace: String) throws {
    try FileSystem.write(
      record.encoded(), to: "\(workspace)/\(StorePaths.record)", syncing: false)
    let written = StorePaths.reserved.union(record.files.keys)
    try FileSystem.synchronize(written.map { "\(workspace)/\($0)" } + [workspace])
  }

  /// Moves a damaged artifact away and deletes it, unless it proves whole (another process may have
  /// redone it meanwhile) and goes back.
  ///
  /// - Returns: whether something was deleted.
  @discardableResult
  package func removeDamaged(_ key: Key) throws -> Bool {
    guard let folder = try folder(of: key) else {
      return try obstacle(of: key).map { try discard($0, unless: FileSystem.isFolder) } ?? false
    }
    let away = paths.newTemporary(for: "damaged")
    guard try FileSystem.move(folder, to: away) else { return false }
    if case .whole? = try? Inspection(folder: away, key: key, contents: true),
      try FileSystem.move(away, to: folder)
    {
      return false
    }
    try FileSystem.remove(away)
    return true
  }
}
