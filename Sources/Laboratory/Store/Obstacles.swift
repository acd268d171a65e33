import Foundation

/// What stands where the store's own files and folders belong: a file in a folder's place, a folder in a
/// file's, a link that leads nowhere. It is damage like any other, and goes.
extension Store {
  /// Makes a folder below one of the store's main folders.
  func makeWay(to folder: String) throws {
    var path = paths.root
    for (depth, part) in folder.dropFirst(paths.root.count + 1).split(separator: "/").enumerated() {
      path += "/\(part)"
      // Main folders are whoever's made them; `prepare` refuses what is none.
      if depth > 0 { try clear(path) }
    }
    try FileSystem.makeFolder(folder)
  }

  /// Removes what is at the place of a folder and is none.
  func clear(_ folder: String) throws {
    if !FileSystem.isFolder(folder), FileSystem.isThere(folder) { try discard(folder) }
  }

  /// Renames a file over whatever has its name.
  func replace(_ path: String, by source: String) throws -> Bool {
    if FileSystem.isThere(path), FileSystem.size(ofFile: path) == nil { try discard(path) }
    return try FileSystem.move(source, to: path)
  }

  /// Moves something away, which one process can do, and deletes it; false where another was faster.
  @discardableResult
  func discard(_ path: String) throws -> Bool {
    let away = paths.newTemporary(for: "damaged")
    guard try FileSystem.move(path, to: away) else { return false }
    try FileSystem.remove(away)
    return true
  }

  /// What stands at the place of an artifact's folder, or of the shelf it belongs on.
  func obstacle(of key: Key) throws -> String? {
    try FileSystem.names(in: paths.artifacts).lazy.filter { FileSystem.isFolder(paths.kind($0)) }
      .compactMap { FileSystem.obstacle(to: paths.artifact(key, kind: $0), levels: 2) }.first
  }
}
