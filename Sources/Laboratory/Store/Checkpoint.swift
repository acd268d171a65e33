/// Files that let a long piece of work resume; deleted when its artifact is published.
extension Store {
  /// The path of a checkpoint that was saved whole; nil where there is none.
  package func checkpoint(_ name: String, of key: Key) -> String? {
    let path = "\(paths.checkpoints(of: key))/\(name)"
    return FileSystem.size(ofFile: path) == nil ? nil : path
  }

  /// Saves a checkpoint in the place of the last one of this name, whole or not at all.
  ///
  /// - Parameters:
  ///   - write: writes the file at the path it is given.
  /// - Throws: `LaboratoryError.storeNotWritable`, `.diskFull`, `.unsuitableName`, and what `write`
  ///   throws.
  package func saveCheckpoint(_ name: String, of key: Key, write: (String) throws -> Void) throws {
    try Plan.check(name: name, use: "checkpoint")
    let folder = paths.checkpoints(of: key)
    let temporary = paths.newTemporary(for: "checkpoint")
    defer { try? FileSystem.remove(temporary) }
    try write(temporary)
    try FileSystem.synchronize(temporary)
    try FileSystem.makeFolder(folder)
    guard try FileSystem.move(temporary, to: "\(folder)/\(name)") else {
      throw LaboratoryError.storeNotWritable(
        path: "\(folder)/\(name)", reason: "somebody deleted its folder")
    }
    try FileSystem.synchronize(folder)
  }
}
