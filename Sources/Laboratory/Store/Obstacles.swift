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
  ///
  /// Asked in this order, a folder that another process makes meanwhile is not taken for an obstacle.
  func clear(_ folder: String) throws {
    guard FileSystem.isThere(folder) else { return }
    _ = try discard(folder, unless: FileSystem.isFolder)
  }

  /// Renames a file over whatever has its name.
  func replace(_ path: String, by source: String) throws -> Bool {
    if FileSystem.isThere(path), FileSystem.size(ofFile: path) == nil { try discard(path) }
    return try FileSystem.move(source, to: path)
  }

  /// Renames a file into a folder, and once more if somebody deleted the folder meanwhile.
  ///
  /// - Parameter makeWay: makes the folder.
  func replace(_ path: String, by source: String, makingWay makeWay: () throws -> Void) throws
    -> Bool
  {
    for _ in 1...2 {
      try makeWay()
      if try replace(path, by: source) { return true }
    }
    return false
  }

  /// Moves something away, which one process can do, and deletes it; false where another was faster.
  @discardableResult
  func discard(_ path: String) throws -> Bool {
    let away = paths.newTemporary(for: "damaged")
    guard try FileSystem.move(path, to: away) else { return false }
    try FileSystem.remove(away)
    return true
  }

  /// Moves something away and deletes it unless it is to be kept. That is asked before, and again once it
  /// is away, and then it goes back: whoever leases first and then looks either finds it or is seen here.
  ///
  /// - Parameter isKept: told where the thing is.
  /// - Returns: whether something was deleted.
  func discard(_ path: String, unless isKept: (_ path: String) throws -> Bool) throws -> Bool {
    if try isKept(path) { return false }
    let away = paths.newTemporary(for: "damaged")
    guard try FileSystem.move(path, to: away) else { return false }
    // What cannot be told is kept.
    if (try? isKept(away)) ?? true, !FileSystem.isThere(path),
      try FileSystem.move(away, to: path)
    {
      return false
    }
    try FileSystem.remove(away)
    return true
  }

  /// What stands at the place of an artifact's folder, or of the shelf it belongs on.
  func obstacle(of key: Key) throws -> String? {
    try FileSystem.names(in: paths.artifacts).lazy.filter { FileSystem.isFolder(paths.kind($0)) }
      .compactMap { FileSystem.obstacle(to: paths.artifact(key, kind: $0), levels: 2) }.first
  }
}
