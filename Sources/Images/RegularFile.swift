import Glibc

/// Files read whole. Pipes and devices, which may never end, are refused before anything is read of them.
package enum RegularFile {
  /// Why a file cannot be read.
  package struct Failure: Error, Hashable, Sendable {
    /// What is wrong, after the file's name.
    package let problem: String
  }

  /// More than any file that is read whole has.
  private static let largest = 1 << 32

  /// Whether `path` is a regular file or a link to one.
  package static func exists(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
  }

  /// A descriptor of the file at `path`, to be closed by the caller, and the file's size.
  package static func open(_ path: String) throws(Failure) -> (descriptor: CInt, size: Int) {
    // Without waiting, since the other end of a pipe may never be opened.
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Failure(problem: "cannot be read") }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Failure(problem: "is no regular file")
    }
    return (descriptor, Int(facts.st_size))
  }

  /// All bytes of the file at `path`.
  package static func contents(_ path: String) throws(Failure) -> [UInt8] {
    let (descriptor, size) = try open(path)
    defer { close(descriptor) }
    guard size <= largest else { throw Failure(problem: "is larger than 4 GiB") }
    var isRead = true
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(descriptor, buffer.baseAddress! + count, size - count)
        if got < 0, errno == EINTR { continue }
        isRead = got >= 0
        guard got > 0 else { break }
        count += got
      }
    }
    guard isRead else { throw Failure(problem: "cannot be read") }
    return bytes
  }
}
