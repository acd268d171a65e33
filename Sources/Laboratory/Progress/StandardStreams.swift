import Foundation
import Glibc

/// Standard input, output and error, any of which may be closed, full, or a pipe that nobody reads.
package enum StandardStreams {
  /// Call first in `main`: closed descriptors are taken, so that no file or socket gets their numbers, and
  /// a pipe that nobody reads fails to be written instead of ending the process. How a child ended is asked
  /// of the system, which forgets it at once where whoever started this process ignored SIGCHLD.
  package static func prepare() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // Open the wrong way round: what was closed still cannot be read or written.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
    signal(SIGPIPE, SIG_IGN)
    signal(SIGCHLD, SIG_DFL)
  }

  /// Writes all of `bytes` to a descriptor; returns the number of the system's error, 0 for none.
  static func write(_ bytes: some ContiguousBytes, to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = Glibc.write(descriptor, part.baseAddress, part.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return errno }
        rest = rest.dropFirst(count)
      }
      return 0
    }
  }

  /// Writes to standard error, as much as it takes: where progress cannot be told, the work goes on.
  package static func tell(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

  /// Writes to standard output at once. Where whoever read it has stopped, as `head` does, the process ends of
  /// SIGPIPE, without a word.
  ///
  /// - Returns: the number of the system's error; 0 for none.
  package static func answer(_ text: String) -> Int32 {
    let code = write(Array(text.utf8), to: STDOUT_FILENO)
    if code == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    return code
  }
}
