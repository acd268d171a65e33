import Foundation
import Laboratory
import Wording

/// Standard output and standard error, where texts of the user's cannot command a terminal and a full disk
/// is no success.
enum Output {
  /// Standard output that takes no more.
  struct Failure: Error, CustomStringConvertible {
    let code: Int32

    var description: String {
      "standard output cannot be written: \(String(cString: strerror(code))); free some space, or write"
        + " elsewhere"
    }
  }

  /// Writes `text` to standard output at once. Where whoever read it has stopped, as `head` does, the process
  /// ends of SIGPIPE, without a word.
  static func write(_ text: String) throws {
    let code = put(text, to: STDOUT_FILENO)
    if code == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    if code != 0 { throw Failure(code: code) }
  }

  /// Writes `text` to standard error, which has no one to tell a failure to.
  static func complain(_ text: String) { StandardStreams.tell(text.printableLines) }

  /// The number of the system's error; 0 for none.
  private static func put(_ text: String, to descriptor: Int32) -> Int32 {
    var bytes = Array(text.printableLines.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      bytes = bytes.dropFirst(count)
    }
    return 0
  }
}

/// Writes a line of a command's answer to standard output.
func say(_ line: String) throws { try Output.write(line + "\n") }
