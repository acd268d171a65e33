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
    let code = StandardStreams.answer(text.printableLines)
    if code != 0 { throw Failure(code: code) }
  }

  /// An answer for programs.
  static func json(_ answer: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(answer), as: UTF8.self)
  }

  /// Writes `text` to standard error, which has no one to tell a failure to.
  static func complain(_ text: String) { StandardStreams.tell(text.printableLines) }
}

/// Writes a line of a command's answer to standard output.
func say(_ line: String) throws { try Output.write(line + "\n") }
