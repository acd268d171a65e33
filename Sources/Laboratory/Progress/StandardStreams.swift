@preconcurrency import Glibc

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

  /// Writes to standard error, as much as it takes: where progress cannot be told, the work goes on.
  package static func tell(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Sends on what was printed. Where whoever read it has stopped, as `head` does, the process ends of
  /// SIGPIPE, without a word.
  ///
  /// - Throws: `LaboratoryError.outputNotWritable` where not all of it arrived.
  package static func flushOutput() throws {
    let failed = fflush(stdout) != 0
    guard failed || ferror(stdout) != 0 else { return }
    if failed, errno == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    let reason = failed ? String(cString: strerror(errno)) : "some of it was lost"
    throw LaboratoryError.outputNotWritable(reason: reason)
  }
}
