package import Foundation

/// Files that a user names to be read. Pipes and devices, which may never end, are refused before anything is
/// read of them.
package enum InputFile {
  /// More than any file that is read whole has.
  private static let largest = 1 << 34

  /// Whether `path` is a regular file or a link to one.
  package static func exists(_ path: String) -> Bool { (try? requireRegular(path)) != nil }

  /// Throws unless `path` is, or links to, a regular file.
  package static func requireRegular(_ path: String) throws(FileFault) {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      throw .unreadable(reason: SystemReason.words(ofCode: errno))
    }
    try requireRegular(facts)
  }

  /// A descriptor of the regular file at `path`, to be closed by the caller, and its size in bytes.
  package static func open(_ path: String) throws(FileFault) -> (descriptor: CInt, size: Int) {
    // Without waiting, since the other end of a pipe may never be opened.
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(reason: SystemReason.words(ofCode: errno)) }
    var facts = stat()
    do throws(FileFault) {
      guard fstat(descriptor, &facts) == 0 else {
        throw .unreadable(reason: SystemReason.words(ofCode: errno))
      }
      try requireRegular(facts)
    } catch {
      close(descriptor)
      throw error
    }
    return (descriptor, Int(facts.st_size))
  }

  /// The bytes of the regular file at `path`.
  package static func bytes(of path: String) throws(FileFault) -> [UInt8] {
    let (descriptor, size) = try open(path)
    defer { close(descriptor) }
    guard size <= largest else { throw .unreadable(reason: "it is larger than 16 GiB") }
    return try bytes(count: size) { read(descriptor, $0, $1) }
  }

  /// `count` bytes of an open file from `offset` on.
  package static func bytes(
    from offset: Int, count: Int, of descriptor: CInt
  ) throws(FileFault) -> [UInt8] {
    guard count <= largest else { throw .unreadable(reason: "a tensor is larger than 16 GiB") }
    var offset = offset
    let bytes = try bytes(count: count) { room, free in
      let got = pread(descriptor, room, free, off_t(offset))
      offset += max(got, 0)
      return got
    }
    guard bytes.count == count else { throw .unreadable(reason: "it became shorter meanwhile") }
    return bytes
  }

  /// Up to `count` bytes from a function that gives some of them at a time, as `read` does.
  private static func bytes(
    count size: Int, _ read: (UnsafeMutablePointer<UInt8>, Int) -> Int
  ) throws(FileFault) -> [UInt8] {
    var code: CInt = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(buffer.baseAddress! + count, size - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { code = errno }
        guard got > 0 else { break }
        count += got
      }
    }
    guard code == 0 else { throw .unreadable(reason: SystemReason.words(ofCode: code)) }
    return bytes
  }

  /// The same as data.
  package static func contents(of path: String) throws(FileFault) -> Data {
    Data(try bytes(of: path))
  }

  private static func requireRegular(_ facts: stat) throws(FileFault) {
    switch facts.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw .notRegular("a folder")
    case S_IFIFO: throw .notRegular("a named pipe")
    case S_IFSOCK: throw .notRegular("a socket")
    default: throw .notRegular("a device")
    }
  }
}
