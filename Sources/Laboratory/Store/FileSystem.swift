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
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether a path leads to a folder.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The number of the file or folder that a path leads to; nil where there is none.
  static func identity(of path: String) -> UInt64? {
    var status = stat()
    return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
  }

  /// Whether anything is at a path, be it a link that leads nowhere.
  static func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// What keeps a path from being a folder: itself, or the nearest of the `levels - 1` folders above it,
  /// where it is a file or a link that leads nowhere; nil where nothing does.
  static func obstacle(to path: String, levels: Int) -> String? {
    // In this order a folder that another process makes meanwhile is none.
    if isThere(path) { return isFolder(path) ? nil : path }
    return levels > 1 ? obstacle(to: folder(of: path), levels: levels - 1) : nil
  }

  /// Whether a path leads to a regular file.
  ///
  /// - Throws: `LaboratoryError.unreadable` where the system cannot tell.
  static func isRegular(_ path: String) throws -> Bool {
    var status = stat()
    if stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFREG }
    let code = errno
    guard [ENOENT, ENOTDIR, ELOOP].contains(code) else { throw readFailure(path, code: code) }
    return false
  }

  /// Opens a regular file for reading; nil where there is nothing.
  ///
  /// Anything else is refused: a pipe in a file's place would be waited for without end.
  static func openRegular(_ path: String) throws -> Int32? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw readFailure(path)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw LaboratoryError.unreadable(path: path, reason: "it is not a regular file")
    }
    return descriptor
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

  /// The names in a folder in alphabetical order; none where there is no folder, unless it must be there.
  /// A link to a folder is none.
  ///
  /// A folder that cannot be read to its end is an error: taken for empty, it could pass for a plan that
  /// needs nothing or an artifact without files.
  static func names(in folder: String, mustExist: Bool = false) throws -> [String] {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      if !mustExist, [ENOENT, ENOTDIR, ELOOP].contains(code) { return [] }
      throw readFailure(folder, code: code)
    }
    guard let stream = fdopendir(descriptor) else {
      let code = errno
      close(descriptor)
      throw readFailure(folder, code: code)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw readFailure(folder) }
        return names.sorted()
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
  }

  /// The contents of a regular file; nil where there is nothing.
  static func read(_ path: String) throws -> Data? {
    guard let descriptor = try openRegular(path) else { return nil }
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

  /// The text of a file of the system's; empty where it cannot be read.
  static func text(_ path: String) -> String {
    String(decoding: (try? read(path)) ?? Data(), as: UTF8.self)
  }

  /// Writes a new file and, if asked, syncs it.
  static func write(_ data: Data, to path: String, syncing: Bool = true) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw writeFailure(path) }
    defer { close(descriptor) }
    let code = StandardStreams.write(data, to: descriptor)
    guard code == 0 else { throw writeFailure(path, code: code) }
    guard !syncing || fsync(descriptor) == 0 else { throw writeFailure(path) }
  }

  /// Syncs files and folders to the disk, several at a time.
  ///
  /// A sync mostly waits for the disk to empty its cache, which serves all that wait; one after the
  /// other, the files of a small artifact took longer to sync than to compute. Where no threads are to
  /// be had, the caller's own does the work alone.
  static func synchronize(_ paths: [String]) throws {
    let queue = SyncQueue(paths)
    for _ in 1..<max(min(paths.count, 8), 1) {
      queue.enter()
      do {
        try NativeThread.start {
          queue.work()
          queue.leave()
        }
      } catch {
        queue.leave()
        break
      }
    }
    queue.work()
    if let failure = queue.wait() { throw failure }
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

  /// Lets two folders of the store change places in one step; false where one of them is gone.
  ///
  /// - Parameter away: where the second one is for a moment on file systems that cannot do that, such as NFS.
  static func exchange(_ first: String, _ second: String, by away: String) throws -> Bool {
    guard let renameat2 else { return try exchangeInSteps(first, second, by: away) }
    if renameat2(AT_FDCWD, first, AT_FDCWD, second, exchangeFlag) == 0 { return true }
    switch errno {
    case ENOENT: return false
    case EINVAL, ENOSYS: return try exchangeInSteps(first, second, by: away)
    case let code: throw writeFailure(second, code: code)
    }
  }

  static func exchangeInSteps(_ first: String, _ second: String, by away: String) throws -> Bool {
    guard try move(second, to: away) else { return false }
    if try move(first, to: second) { return try move(away, to: first) }
    // Another process was faster, or the first one is gone.
    if try !move(away, to: second) { try remove(away) }
    return false
  }

  private typealias Rename =
    @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

  /// rename(2)'s younger sister, which Swift's Glibc does not show.
  private static let renameat2 = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: Rename.self) }

  /// RENAME_EXCHANGE of stdio.h.
  private static let exchangeFlag: UInt32 = 2

  /// Gives a file a second name, which may be another one's so far; false where the file is gone.
  static func link(_ path: String, to name: String) throws -> Bool {
    try remove(name)
    if Glibc.link(path, name) == 0 { return true }
    guard errno != ENOENT else { return false }
    throw writeFailure(name)
  }

  /// Gives a file a name that nothing has so far; false where something has it.
  static func link(_ path: String, toNew name: String) throws -> Bool {
    if Glibc.link(path, name) == 0 { return true }
    guard errno == EEXIST else { throw writeFailure(name) }
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

/// Paths that several threads sync, each taking the next one.
private final class SyncQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private var paths: ArraySlice<String>
  private var helpers = 0
  private var failure: (any Error)?

  init(_ paths: [String]) { self.paths = paths[...] }

  func enter() { condition.withLock { helpers += 1 } }

  func leave() {
    condition.withLock {
      helpers -= 1
      condition.signal()
    }
  }

  func work() {
    while let path = condition.withLock({ paths.popFirst() }) {
      do {
        try FileSystem.synchronize(path)
      } catch {
        condition.withLock { failure = error }
      }
    }
  }

  /// Waits for the helpers; the error of a path that could not be synced, if there is one.
  func wait() -> (any Error)? {
    condition.lock()
    defer { condition.unlock() }
    while helpers > 0 { condition.wait() }
    return failure
  }
}
