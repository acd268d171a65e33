package import Foundation

/// Files that a user names to be read.
package enum InputFile {
  /// The bytes of the file at `path`, which must be a regular one: a pipe is waited for, and some devices
  /// have no end.
  package static func contents(of path: String) throws(FileFault) -> Data {
    try requireRegular(path)
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(reason: SystemReason.words(error))
    }
  }

  /// Throws unless `path` is, or links to, a regular file.
  package static func requireRegular(_ path: String) throws(FileFault) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .unreadable(reason: SystemReason.words(ofCode: errno))
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw .notRegular("a folder")
    case S_IFIFO: throw .notRegular("a named pipe")
    case S_IFSOCK: throw .notRegular("a socket")
    default: throw .notRegular("a device")
    }
  }
}
