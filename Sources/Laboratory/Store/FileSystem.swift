import Foundation
import Glibc

/// File operations that name the path and the cause where they fail, and that survive a power cut.
enum FileSystem {
  /// The error for a failed write, from `errno`.
  static func writeFailure(_ path: String, code: Int32 = errno) -> LaboratoryError {
    switch code {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    default: .storeNotWritable(path: path, reason: String(cString: strerror(code)))
    }
  }

  /// The error for a failed read, from `errno`.
  static func readFailure(_ path: String, code: Int32 = errno) -> LaboratoryError {
    .unreadable(path: path, reason: String(cString: strerror(code)))
  }

  /// Makes a folder and those above it that are not there; a new one's entry is synced.
  static func makeFolder(_ path: String) throws {
    if isFolder(path) { return }
    let parent = folder(of: path)
    if parent != path { try makeFolder(parent) }
    if mkdir(path, 0o777) == 0 {
      try synchronize(parent)
    } else {
      let code = errno
      // Another process may have made it meanwhile.
      guard code == EEXIST, isFolder(path) else {
        throw writeFailure(path, code: code == EEXIST ? ENOTDIR : code)
      }
    }
  }

  /// The folder that holds a file or folder.
  static func folder(of path: String) -> String { (path as NSString).deletingLastPathComponent }

  /// Whether a path leads to a folder.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The size in bytes of a regular file (links are not followed); nil where there is none.
  static func size(ofFile path: String) -> Int? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// The bytes of all regular files in a folder, or of a file.
  static func size(ofTree path: String) throws -> Int {
    if let size = size(ofFile: path) { return size }
    return try names(in: path).reduce(0) { try $0 + size(ofTree: "\(path)/\($1)") }
  }

  /// The names in a folder in alphabetical order; none where there is no folder.
  ///
  /// A folder that cannot be read is an error: taken for empty, it could pass for a plan that needs
  /// nothing or an artifact without files.
  static func names(in folder: String) throws -> [String] {
    func isThere() -> Bool {
      var status = stat()
      return lstat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
    guard isThere() else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      guard isThere() else { return [] }
      throw LaboratoryError.unreadable(path: folder, reason: error.localizedDescription)
    }
  }

  /// The contents of a file; nil where there is none.
  static func read(_ path: String) throws -> Data? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw readFailure(path)
    }
    defer { close(descriptor) }
    var bytes = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw readFailure(path) }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  /// Writes a new file and, if asked, syncs it.
  static func write(_ data: Data, to path: String, syncing: Bool = true) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw writeFailure(path) }
    defer { close(descriptor) }
    var rest = data[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw writeFailure(path) }
      rest = rest.dropFirst(count)
    }
    guard !syncing || fsync(descriptor) == 0 else { throw writeFailure(path) }
  }

  /// Syncs files and folders to the disk, several at a time.
  ///
  /// A sync mostly waits for the disk to empty its cache, which serves all that wait; one after the
  /// other, the files of a small artifact took longer to sync than to compute.
  static func synchronize(_ paths: [String]) throws {
    let lanes = min(paths.count, 8)
    let condition = NSCondition()
    nonisolated(unsafe) var ended = 0
    nonisolated(unsafe) var failure: (any Error)?
    for lane in 0..<lanes {
      Thread.detachNewThread {
        let outcome = Result {
          for path in stride(from: lane, to: paths.count, by: lanes).map({ paths[$0] }) {
            try synchronize(path)
          }
        }
        condition.withLock {
          ended += 1
          if case .failure(let error) = outcome { failure = error }
          condition.signal()
        }
      }
    }
    condition.lock()
    defer { condition.unlock() }
    while ended < lanes { condition.wait() }
    if let failure { throw failure }
  }

  /// Syncs a file or folder to the disk.
  static func synchronize(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw writeFailure(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw writeFailure(path) }
  }

  /// Renames within the store; false where the destination holds something or the source is gone.
  static func move(_ source: String, to destination: String) throws -> Bool {
    if rename(source, destination) == 0 { return true }
    let code = errno
    guard [EEXIST, ENOTEMPTY, ENOENT].contains(code) else {
      throw writeFailure(destination, code: code)
    }
    return false
  }

  /// Deletes a file or a folder with all it holds; nothing happens where there is none.
  static func remove(_ path: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      // Two processes may clear the same abandoned folder.
      guard lstat(path, &status) == 0 else { return }
      let code = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?.code
      throw writeFailure(path, code: code.map(Int32.init) ?? EACCES)
    }
  }
}
