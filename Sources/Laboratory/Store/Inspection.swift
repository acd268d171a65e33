import Digests
import Foundation

/// What was found for an artifact.
enum Inspection: Hashable {
  case absent
  case whole(Record)
  case damaged(Damage)
}

extension Inspection {
  /// Looks at the folder of an artifact.
  ///
  /// - Parameter contents: whether to read all files and compare their digests too.
  /// - Throws: `LaboratoryError.unreadable`.
  init(folder: String, key: Key, contents: Bool = false) throws {
    var identity: UInt64?
    repeat {
      identity = FileSystem.identity(of: folder)
      self = try Inspection(lookingAt: folder, key: key, contents: contents)
      guard case .damaged = self else { return }
      // The record of one and the files of another, where it was replaced meanwhile.
    } while identity != FileSystem.identity(of: folder)
  }

  private init(lookingAt folder: String, key: Key, contents: Bool) throws {
    guard FileSystem.isFolder(folder) else {
      // The shelf and the kind above it are the store's own too.
      let obstacle = FileSystem.obstacle(to: folder, levels: 3)
      self =
        obstacle.map { .damaged(.obstructed(by: ($0 as NSString).lastPathComponent)) } ?? .absent
      return
    }
    func text(_ name: String) throws -> Data? {
      guard FileSystem.size(ofFile: "\(folder)/\(name)") != nil else { return nil }
      return try FileSystem.read("\(folder)/\(name)")
    }
    guard let bytes = try text(StorePaths.record) else {
      self = .damaged(.fileMissing(StorePaths.record))
      return
    }
    guard let recipe = try text(StorePaths.recipe) else {
      self = .damaged(.fileMissing(StorePaths.recipe))
      return
    }
    guard let (record, seal) = Record.read(bytes) else {
      self = .damaged(.recordUnreadable)
      return
    }
    let form = Artifact.Form(kind: record.kind, schema: record.schema, recipe: recipe)
    guard record.key == key, form.beginning.key(inputs: record.inputs) == key else {
      self = .damaged(.foreign)
      return
    }
    guard Digest.sha256(of: record.result) == record.resultDigest else {
      self = .damaged(.resultDiffers)
      return
    }
    guard seal != .broken else {
      self = .damaged(.recordDiffers)
      return
    }
    for (name, file) in record.files.sorted(by: { $0.key < $1.key }) {
      guard let damage = try record.damage(of: name, file, in: folder, contents: contents) else {
        continue
      }
      self = .damaged(damage)
      return
    }
    self = .whole(record)
  }
}

extension Record {
  /// What is wrong with a file of the artifact; nil if nothing is.
  func damage(of name: String, _ file: File, in folder: String, contents: Bool) throws -> Damage? {
    guard let found = FileSystem.size(ofFile: "\(folder)/\(name)") else {
      return .fileMissing(name)
    }
    guard found == file.bytes else {
      return .sizeDiffers(file: name, expected: file.bytes, found: found)
    }
    guard contents else { return nil }
    let digest = try Digest.sha256(ofFile: "\(folder)/\(name)")
    return digest == file.sha256 ? nil : .contentsDiffer(file: name)
  }
}
